"""Events by month and type, of those that took place."""

import sys

import pandas as pd

events = pd.read_parquet("tables/polecat.parquet")
events = events[events.status.isin(["happened", "under way"]) & events.event_date.notna()]
events["month"] = pd.to_datetime(events.event_date).dt.strftime("%Y-%m")
counted = (
    events.rename(columns={"event_type": "type"})
    .groupby(["month", "type"])
    .agg(events=("event_id", "size"), documents=("doc_id", "nunique"))
    .reset_index()
    .sort_values(["month", "events", "type"], ascending=[True, False, True])
)
counted.to_csv(sys.stdout, index=False)

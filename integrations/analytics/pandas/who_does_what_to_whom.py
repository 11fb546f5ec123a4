"""Who does what to whom, and where, with both sides known. `events.event_type == "ASSAULT"` leaves attacks alone,
`events.quad == "material-conflict"` also protests, sanctions, forces and arrests."""

import sys

import pandas as pd

events = pd.read_parquet("tables/polecat.parquet")
events = events[events.status != "denied"]
events = events.dropna(subset=["actor_name", "recipient_name"]).rename(
    columns={"actor_name": "actor", "event_type": "type", "recipient_name": "recipient"}
)
events["place"] = events.place_name.fillna("?")
counted = events.groupby(["actor", "type", "recipient", "place"]).size().reset_index(name="events")
counted = counted.sort_values(["events", "actor", "type", "recipient", "place"], ascending=[False, True, True, True, True])
counted.to_csv(sys.stdout, index=False)

"""The names of each month: who and what is mentioned most, cited outlets left out."""

import sys

import pandas as pd

documents = pd.read_parquet("tables/documents.parquet", columns=["doc_id", "date"])
entities = pd.read_parquet("tables/entities.parquet")

entities = entities[entities.citation_id.isna()].merge(documents.dropna(subset=["date"]), on="doc_id")
entities["month"] = pd.to_datetime(entities.date).dt.strftime("%Y-%m")
entities["name"] = entities.canonical.fillna(entities.text)
counted = (
    entities.groupby(["month", "name"])
    .agg(mentions=("entity_id", "size"), documents=("doc_id", "nunique"))
    .reset_index()
    .sort_values(["month", "mentions", "name"], ascending=[True, False, True])
)
counted.groupby("month").head(3).to_csv(sys.stdout, index=False)

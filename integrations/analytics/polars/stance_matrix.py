"""Stances between states: how many in favor, how many against.

A stance names the mention that holds it; the cluster of the mention says which state it is.
"""

import polars as pl

from record_schema import RECORD

records = pl.scan_ndjson("out.jsonl", schema=RECORD)
states = (
    records.select("id", "clusters")
    .explode("clusters")
    .unnest("clusters", separator="_")
    .filter(pl.col("clusters_country").is_not_null())
    .explode("clusters_mentions")
    .select(
        "id",
        pl.col("clusters_mentions").struct.field("entity"),
        pl.col("clusters_country").alias("country"),
    )
)
matrix = (
    records.select("id", "stances")
    .explode("stances")
    .drop_nulls("stances")
    .select(
        "id",
        pl.col("stances").struct.field("holder").struct.field("entity").alias("holder"),
        pl.col("stances").struct.field("target").struct.field("entity").alias("target"),
        pl.col("stances").struct.field("polarity"),
        pl.col("stances").struct.field("modality"),
    )
    .filter(pl.col("modality") != "negated")
    .join(states, left_on=["id", "holder"], right_on=["id", "entity"])
    .join(states, left_on=["id", "target"], right_on=["id", "entity"], suffix="_target")
    .filter(pl.col("country") != pl.col("country_target"))
    .group_by(pl.col("country").alias("holder_country"), pl.col("country_target").alias("target_country"))
    .agg(
        (pl.col("polarity") == "favor").sum().alias("favor"),
        (pl.col("polarity") == "against").sum().alias("against"),
    )
    .rename({"holder_country": "holder", "target_country": "target"})
    .sort("holder", "target")
    .collect()
)
print(matrix.write_csv(), end="")

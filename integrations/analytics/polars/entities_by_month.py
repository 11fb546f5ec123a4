"""The names of each month: who and what is mentioned most, cited outlets left out."""

import polars as pl

from record_schema import RECORD

counted = (
    pl.scan_ndjson("out.jsonl", schema=RECORD)
    .select("id", pl.col("meta").struct.field("date"), "entities")
    .explode("entities")
    .drop_nulls(["date", "entities"])
    .with_columns(
        pl.col("date").str.slice(0, 7).alias("month"),
        pl.coalesce(
            pl.col("entities").struct.field("canonical"), pl.col("entities").struct.field("text")
        ).alias("name"),
    )
    .filter(pl.col("entities").struct.field("citation").is_null())
    .group_by("month", "name")
    .agg(pl.len().alias("mentions"), pl.col("id").n_unique().alias("documents"))
    .sort(["month", "mentions", "name"], descending=[False, True, False])
    .group_by("month", maintain_order=True)
    .head(3)
    .collect()
)
print(counted.write_csv(), end="")

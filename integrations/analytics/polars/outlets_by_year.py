"""Which outlets are cited in which year."""

import polars as pl

from record_schema import RECORD

counted = (
    pl.scan_ndjson("out.jsonl", schema=RECORD)
    .select("id", "citations")
    .explode("citations")
    .select(
        "id",
        pl.col("citations").struct.field("date").str.slice(0, 4).alias("year"),
        pl.col("citations").struct.field("outlet"),
    )
    .drop_nulls("year")
    .group_by("year", "outlet")
    .agg(pl.len().alias("citations"), pl.col("id").n_unique().alias("documents"))
    .sort(["year", "citations", "outlet"], descending=[False, True, False])
    .collect()
)
print(counted.write_csv(), end="")

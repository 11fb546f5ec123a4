"""Which publication quotes whom, and how often; a quotation that is interrupted counts once."""

import polars as pl

from record_schema import RECORD

records = pl.scan_ndjson("out.jsonl", schema=RECORD)
names = (
    records.select("id", "entities")
    .explode("entities")
    .drop_nulls("entities")
    .select(
        "id",
        pl.col("entities").struct.field("id").alias("entity"),
        pl.coalesce(
            pl.col("entities").struct.field("canonical"), pl.col("entities").struct.field("text")
        ).alias("speaker"),
    )
)
counted = (
    records.select("id", pl.col("meta").struct.field("publication").fill_null("?"), "quotes")
    .explode("quotes")
    .drop_nulls("quotes")
    .select(
        "id",
        "publication",
        pl.col("quotes").struct.field("kind"),
        pl.col("quotes").struct.field("act"),
        pl.col("quotes").struct.field("continues"),
        pl.col("quotes").struct.field("speaker").struct.field("entity").alias("entity"),
    )
    .filter((pl.col("act") == "speech") & pl.col("continues").is_null())
    .join(names, on=["id", "entity"])
    .group_by("publication", "speaker")
    .agg(pl.len().alias("quotes"), (pl.col("kind") != "indirect").sum().alias("in_their_words"))
    .filter(pl.col("quotes") >= 2)
    .sort(["publication", "quotes", "speaker"], descending=[False, True, False])
    .collect()
)
print(counted.write_csv(), end="")

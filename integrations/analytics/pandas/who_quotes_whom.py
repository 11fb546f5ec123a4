"""Which publication quotes whom, and how often; a quotation that is interrupted counts once."""

import sys

import pandas as pd

documents = pd.read_parquet("tables/documents.parquet", columns=["doc_id", "publication"])
quotes = pd.read_parquet("tables/quotes.parquet")

quotes = quotes[(quotes.act == "speech") & quotes.continues.isna() & quotes.speaker_entity_id.notna()]
quotes = quotes.merge(documents, on="doc_id")
quotes["publication"] = quotes.publication.fillna("?")
counted = (
    quotes.assign(in_their_words=quotes.kind != "indirect")
    .rename(columns={"speaker_name": "speaker"})
    .groupby(["publication", "speaker"])
    .agg(quotes=("quote_id", "size"), in_their_words=("in_their_words", "sum"))
    .reset_index()
    .query("quotes >= 2")
    .sort_values(["publication", "quotes", "speaker"], ascending=[True, False, True])
)
counted.to_csv(sys.stdout, index=False)

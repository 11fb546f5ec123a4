"""Which outlets are cited in which year."""

import sys

import pandas as pd

citations = pd.read_parquet("tables/citations.parquet").dropna(subset=["date_iso"])
counted = (
    citations.assign(year=citations.date_iso.str[:4])
    .groupby(["year", "outlet"])
    .agg(citations=("citation_id", "size"), documents=("doc_id", "nunique"))
    .reset_index()
    .sort_values(["year", "citations", "outlet"], ascending=[True, False, True])
)
counted.to_csv(sys.stdout, index=False)

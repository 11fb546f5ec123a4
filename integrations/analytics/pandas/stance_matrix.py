"""Stances between states: how many in favor, how many against."""

import sys

import pandas as pd

stances = pd.read_parquet("tables/stances.parquet")
stances = stances[stances.modality != "negated"].dropna(subset=["holder_country", "target_country"])
stances = stances[stances.holder_country != stances.target_country]
matrix = (
    stances.assign(favor=stances.polarity == "favor", against=stances.polarity == "against")
    .rename(columns={"holder_country": "holder", "target_country": "target"})
    .groupby(["holder", "target"])[["favor", "against"]]
    .sum()
    .reset_index()
)
# For a square of holders and targets: matrix.pivot(index="holder", columns="target", values="against")
matrix.to_csv(sys.stdout, index=False)

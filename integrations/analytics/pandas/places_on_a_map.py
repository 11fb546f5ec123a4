"""The places that articles name, with how many articles name them; `plt.scatter(points.longitude, points.latitude)` draws
them."""

import sys

import pandas as pd

places = pd.read_parquet("tables/places.parquet")
places = places[(places.form != "part") & ~places.feature.isin(["continent", "country"]) & (places.score >= 0.5)]
points = (
    places.groupby(["name", "country", "latitude", "longitude"], dropna=False)
    .agg(documents=("doc_id", "nunique"), mentions=("place_id", "size"))
    .reset_index()
    .sort_values(["documents", "mentions", "name", "country"], ascending=[False, False, True, True])
)
points.head(15).to_csv(sys.stdout, index=False)

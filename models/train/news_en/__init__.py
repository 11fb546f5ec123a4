"""Training recipe of docmill's shipped model: one encoder, three heads."""

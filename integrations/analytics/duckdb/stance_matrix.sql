-- Stances between states: how many in favor, how many against.
-- duckdb < stance_matrix.sql, in the folder that holds tables/
SELECT
    holder_country AS holder,
    target_country AS target,
    count(*) FILTER (polarity = 'favor') AS favor,
    count(*) FILTER (polarity = 'against') AS against
FROM 'tables/stances.parquet'
WHERE modality <> 'negated'
    AND holder_country IS NOT NULL
    AND target_country IS NOT NULL
    AND holder_country <> target_country
GROUP BY ALL
ORDER BY holder, target;

-- Which outlets are cited in which year.
-- duckdb < outlets_by_year.sql, in the folder that holds tables/
SELECT
    substr(date_iso, 1, 4) AS year,
    outlet,
    count(*) AS citations,
    count(DISTINCT doc_id) AS documents
FROM 'tables/citations.parquet'
WHERE date_iso IS NOT NULL
GROUP BY ALL
ORDER BY year, citations DESC, outlet;

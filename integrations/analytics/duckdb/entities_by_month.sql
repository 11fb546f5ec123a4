-- The names of each month: who and what is mentioned most, cited outlets left out.
-- duckdb < entities_by_month.sql, in the folder that holds tables/
WITH counted AS (
    SELECT
        strftime(d.date, '%Y-%m') AS month,
        coalesce(e.canonical, e.text) AS name,
        count(*) AS mentions,
        count(DISTINCT e.doc_id) AS documents
    FROM 'tables/entities.parquet' e
    JOIN 'tables/documents.parquet' d USING (doc_id)
    WHERE e.citation_id IS NULL AND d.date IS NOT NULL
    GROUP BY ALL
)
SELECT month, name, mentions, documents
FROM counted
QUALIFY row_number() OVER (PARTITION BY month ORDER BY mentions DESC, name) <= 3
ORDER BY month, mentions DESC, name;

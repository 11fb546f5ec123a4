-- Events by month and type, of those that took place.
-- duckdb < events_by_month.sql, in the folder that holds tables/
SELECT strftime(event_date, '%Y-%m') AS month, event_type AS type, count(*) AS events, count(DISTINCT doc_id) AS documents
FROM 'tables/polecat.parquet'
WHERE status IN ('happened', 'under way') AND event_date IS NOT NULL
GROUP BY ALL
ORDER BY month, events DESC, type;

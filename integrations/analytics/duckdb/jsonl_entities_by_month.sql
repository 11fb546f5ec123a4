-- The same without tables: DuckDB reads the records as they are. Each key that is asked for is named with its type, so
-- that a first document without entities misleads nobody.
-- duckdb < jsonl_entities_by_month.sql, in the folder that holds out.jsonl (a .gz or .zst is read the same way)
WITH mentions AS (
    SELECT id, meta.date AS date, unnest(entities) AS entity
    FROM read_json(
        'out.jsonl',
        format = 'newline_delimited',
        maximum_object_size = 1073741824,
        columns = {
            id: 'VARCHAR',
            meta: 'STRUCT("date" VARCHAR)',
            entities: 'STRUCT("text" VARCHAR, canonical VARCHAR, citation VARCHAR)[]'
        }
    )
),
counted AS (
    SELECT
        substr(date, 1, 7) AS month,
        coalesce(entity.canonical, entity.text) AS name,
        count(*) AS mentions,
        count(DISTINCT id) AS documents
    FROM mentions
    WHERE entity.citation IS NULL AND date IS NOT NULL
    GROUP BY ALL
)
SELECT month, name, mentions, documents
FROM counted
QUALIFY row_number() OVER (PARTITION BY month ORDER BY mentions DESC, name) <= 3
ORDER BY month, mentions DESC, name;

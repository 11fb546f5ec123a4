-- Who does what to whom, and where, with both sides known. AND event_type = 'ASSAULT' leaves attacks alone, AND quad =
-- 'material-conflict' also protests, sanctions, forces and arrests.
-- duckdb < who_does_what_to_whom.sql, in the folder that holds tables/
SELECT
    actor_name AS actor,
    event_type AS type,
    recipient_name AS recipient,
    coalesce(place_name, '?') AS place,
    count(*) AS events
FROM 'tables/polecat.parquet'
WHERE status <> 'denied' AND actor_name IS NOT NULL AND recipient_name IS NOT NULL
GROUP BY ALL
ORDER BY events DESC, actor, type, recipient, place;

-- A map: the places that articles name, with how many articles name them, as places.geojson, which QGIS, geojson.io and
-- Leaflet open. States and continents are left out: their points are only the middle of an area.
-- duckdb < places_on_a_map.sql, in the folder that holds tables/
CREATE OR REPLACE TEMP TABLE points AS
SELECT name, country, latitude, longitude, count(DISTINCT doc_id) AS documents, count(*) AS mentions
FROM 'tables/places.parquet'
WHERE form <> 'part' AND feature NOT IN ('continent', 'country') AND score >= 0.5
GROUP BY ALL;

COPY (
    SELECT json_object('type', 'FeatureCollection', 'features', json_group_array(json_object(
        'type', 'Feature',
        'geometry', json_object('type', 'Point', 'coordinates', json_array(longitude, latitude)),
        'properties', json_object('name', name, 'country', country, 'documents', documents, 'mentions', mentions)
    )))
    FROM points
) TO 'places.geojson' (FORMAT csv, HEADER false, QUOTE '', DELIMITER E'\x01');

SELECT name, country, latitude, longitude, documents, mentions
FROM points
ORDER BY documents DESC, mentions DESC, name, country
LIMIT 15;

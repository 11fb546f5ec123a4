-- Which publication quotes whom, and how often; a quotation that is interrupted counts once.
-- duckdb < who_quotes_whom.sql, in the folder that holds tables/
SELECT
    coalesce(d.publication, '?') AS publication,
    q.speaker_name AS speaker,
    count(*) AS quotes,
    count(*) FILTER (q.kind <> 'indirect') AS in_their_words
FROM 'tables/quotes.parquet' q
JOIN 'tables/documents.parquet' d USING (doc_id)
WHERE q.act = 'speech' AND q.continues IS NULL AND q.speaker_entity_id IS NOT NULL
GROUP BY ALL
HAVING count(*) >= 2
ORDER BY publication, quotes DESC, speaker;

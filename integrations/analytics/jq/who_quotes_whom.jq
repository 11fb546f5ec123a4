# Which publication quotes whom, and how often; a quotation that is interrupted counts once.
# jq -r -s -f who_quotes_whom.jq out.jsonl
["publication", "speaker", "quotes", "in_their_words"],
(
  [
    .[]
    | (reduce .entities[] as $entity ({}; .[$entity.id] = ($entity.canonical // $entity.text))) as $names
    | (.meta.publication // "?") as $publication
    | .quotes[]
    | select(.act == "speech" and .continues == null and .speaker.entity != null)
    | {publication: $publication, speaker: $names[.speaker.entity], kind}
  ]
  | group_by([.publication, .speaker])
  | map({
      publication: .[0].publication,
      speaker: .[0].speaker,
      quotes: length,
      in_their_words: (map(select(.kind != "indirect")) | length)
    })
  | map(select(.quotes >= 2))
  | sort_by([.publication, -.quotes, .speaker])[]
  | [.publication, .speaker, .quotes, .in_their_words]
)
| @csv

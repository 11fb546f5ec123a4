# The names of each month: who and what is mentioned most, cited outlets left out.
# jq -r -s -f entities_by_month.jq out.jsonl
["month", "name", "mentions", "documents"],
(
  [
    .[] | select(.meta.date != null) | . as $doc
    | .entities[] | select(.citation == null)
    | {month: $doc.meta.date[:7], name: (.canonical // .text), doc: $doc.id}
  ]
  | group_by([.month, .name])
  | map(.[0] + {mentions: length, documents: (map(.doc) | unique | length)})
  | group_by(.month)[]
  | sort_by([-.mentions, .name])[:3][]
  | [.month, .name, .mentions, .documents]
)
| @csv

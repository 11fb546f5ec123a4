# Which outlets are cited in which year.
# jq -r -s -f outlets_by_year.jq out.jsonl
["year", "outlet", "citations", "documents"],
(
  [
    .[] | .id as $doc
    | .citations[] | select(.date != null)
    | {year: .date[:4], outlet, doc: $doc}
  ]
  | group_by([.year, .outlet])
  | map({
      year: .[0].year,
      outlet: .[0].outlet,
      citations: length,
      documents: (map(.doc) | unique | length)
    })
  | sort_by([.year, -.citations, .outlet])[]
  | [.year, .outlet, .citations, .documents]
)
| @csv

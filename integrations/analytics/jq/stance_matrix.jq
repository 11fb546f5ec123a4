# Stances between states: how many in favor, how many against.
# jq -r -s -f stance_matrix.jq out.jsonl
["holder", "target", "favor", "against"],
(
  [
    .[]
    | (reduce (.clusters[] | select(.country != null)) as $state ({};
        reduce ($state.mentions[].entity | values) as $entity (.; .[$entity] = $state.country))) as $states
    | .stances[] | select(.modality != "negated" and .holder.entity != null and .target.entity != null)
    | {holder: $states[.holder.entity], target: $states[.target.entity], polarity}
    | select(.holder != null and .target != null and .holder != .target)
  ]
  | group_by([.holder, .target])[]
  | [
      .[0].holder,
      .[0].target,
      (map(select(.polarity == "favor")) | length),
      (map(select(.polarity == "against")) | length)
    ]
)
| @csv

"""Label sets, and the map from the fine types of the corpora to the coarse ones."""

NER_LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
NER_ID = {label: i for i, label in enumerate(NER_LABELS)}
SENTIMENT_LABELS = ["negative", "neutral", "positive"]
STANCE_LABELS = ["neutral", "p_for_q", "q_for_p", "p_against_q", "q_against_p"]
# Class of (q, p) when (p, q) has class i.
STANCE_MIRROR = [0, 2, 1, 4, 3]
# Types that the dev figures count; MISC is trained but not counted.
COUNTED = ("PER", "ORG", "LOC")
IGNORE = -100

COARSE = {
    # coarse already
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC",
    "person": "PER", "politician": "PER", "researcher": "PER", "writer": "PER",
    "musicalartist": "PER", "scientist": "PER",
    "organisation": "ORG", "politicalparty": "ORG", "university": "ORG", "band": "ORG",
    "magazine": "ORG",
    "location": "LOC", "country": "LOC",
    "misc": "MISC", "event": "MISC", "election": "MISC", "award": "MISC",
    "conference": "MISC", "book": "MISC", "poem": "MISC", "song": "MISC", "album": "MISC",
}  # fmt: skip
# Every other fine type (protein, algorithm, musicgenre, ...) is masked: CoNLL-2003 would leave
# most of them untagged and tag a few as MISC, so they teach nothing about the coarse types.


def coarse_tag(tag: str) -> str | None:
    """The coarse BIO tag of a fine one; None where the word is to be left out of the loss."""
    if tag == "O":
        return "O"
    prefix, kind = tag.split("-", 1)
    coarse = COARSE.get(kind)
    return f"{prefix}-{coarse}" if coarse else None

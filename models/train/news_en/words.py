"""Words of raw text, and the case class of a word (carried by token_type_ids)."""

import re

CASE_TYPES = ["lower", "title", "upper", "mixed", "digit"]

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|['’](?:s|S|re|ve|ll|d|m|t)\b"  # clitics after their host
    r"|[$€£]?\d+(?:[.,:]\d+)*\w*(?:[-/]\w+)*"  # 1,000  9:30  201st  2005-06
    r"|\w+(?:(?:[-&./]|['’](?!(?:s|S|re|ve|ll|d|m|t)\b))\w+)*"  # Asia-Plus  O'Brien  al-Qa'ida
    r"|[^\w\s]"
)

_END = re.compile(r"(?<=[.!?][”\"’)])\s+(?=[A-Z“\"(])|(?<=[a-z\d)][.!?])\s+(?=[A-Z“\"(])|\n+")


def sentences_of(text: str) -> list[str]:
    """The sentences of a raw text, roughly: for material of the recipe, not for figures."""
    return [part for part in _END.split(text) if part.strip()]


def words_of(text: str) -> list[tuple[int, int]]:
    """Code point spans of the words of a raw text."""
    return [m.span() for m in _WORD.finditer(text)]


def case_class(word: str) -> int:
    """0 lower or no letters, 1 Title, 2 UPPER (two letters or more), 3 miXed, 4 digits.

    Title allows a capital at the start and after each non-letter (Asia-Plus, Hizb-ut-Tahrir); a
    word with a digit is 4 without capitals (201st) and 3 with them (T-90).
    """
    letters = [c for c in word if c.isalpha()]
    digit = any(c.isdigit() for c in word)
    if not any(c.isupper() for c in letters):
        return 4 if digit else 0
    if digit:
        return 3
    if len(letters) >= 2 and all(c.isupper() for c in letters):
        return 2
    if not letters[0].isupper():
        return 3
    for before, c in zip(word, word[1:]):
        if c.isupper() and before.isalpha():
            return 3
    return 1

"""Names from the World Factbook (CC0): states, demonyms, capitals, provinces, people, parties."""

import html
import json
import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Gazetteer:
    """Lists of names; `leaders` are (given, family)."""

    states: list[str] = field(default_factory=list)
    demonyms: list[str] = field(default_factory=list)
    capitals: list[str] = field(default_factory=list)
    provinces: list[str] = field(default_factory=list)
    leaders: list[tuple[str, str]] = field(default_factory=list)
    parties: list[tuple[str, str]] = field(default_factory=list)  # name, acronym or ""


_PERSON = re.compile(
    r"(?:President|Minister|King|Premier|Chancellor|Governor|General|Emir|Sultan)\s+"
    r"((?:[A-Z][\w'’-]+\s+){1,2})([A-Z][A-Z'’-]{2,}(?:\s[A-Z][A-Z'’-]{2,})?)"
)
_NAME = re.compile(r"[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|de|la|al|of|and|the|el|du))*")


def _clean(text: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", "", text)).replace("\xa0", " ")
    return re.sub(r"\s+", " ", text).strip()


def _name(text: str) -> str | None:
    """The first alternative of a factbook field when it looks like a plain name."""
    text = re.split(r"[;(,\[*]| or | note", _clean(text))[0].strip()
    return text if _NAME.fullmatch(text) and text not in ("None", "NA") else None


def _divisions(text: str) -> list[str]:
    found = [_name(part) for part in _clean(text).split(";", 1)[-1].split(",")]
    return [n for n in found if n and len(n) < 35]


def _parties(text: str) -> list[tuple[str, str]]:
    out = []
    for line in re.split(r"<br\s*/?>", text):
        match = re.fullmatch(r"([A-Z][^()/;]{4,60}?) or ([A-Z][A-Za-z]{1,7})", _clean(line))
        if match:
            out.append((match[1], match[2]))
        elif name := _name(line):
            if re.search(r"Party|Front|Movement|Union|Alliance|Congress|Democrat", name):
                out.append((name, ""))
    return out


def read_gazetteer(data: Path) -> Gazetteer:
    """Reads every country file; files in name order, so that the lists are stable."""
    out = Gazetteer()
    for path in sorted((data / "gazetteer" / "factbook").glob("*/*.json")):
        country = json.loads(path.read_text(encoding="utf-8"))
        government = country.get("Government", {})
        text = lambda *keys: _get(government, *keys)  # noqa: E731
        people = _get(country, "People and Society", "Nationality", "adjective")
        if state := _name(text("Country name", "conventional short form")):
            out.states.append(state)
        if demonym := _name(people):
            out.demonyms.append(demonym)
        if capital := _name(text("Capital", "name")):
            out.capitals.append(capital)
        out.provinces += _divisions(text("Administrative divisions"))
        out.parties += _parties(text("Political parties"))
        for office in ("chief of state", "head of government"):
            for given, family in _PERSON.findall(_clean(text("Executive branch", office))):
                out.leaders.append((given.strip(), _family(family)))
    for name in ("states", "demonyms", "capitals", "provinces", "leaders", "parties"):
        setattr(out, name, list(dict.fromkeys(getattr(out, name))))
    return out


def _get(node: dict, *keys: str) -> str:
    for key in keys:
        node = node.get(key) or {}
    return node.get("text", "") if isinstance(node, dict) and "text" in node else (
        node if isinstance(node, str) else ""
    )


def _family(name: str) -> str:
    """LUKASHENKA to Lukashenka, AL-SISI to Al-Sisi."""
    return re.sub(r"\w+", lambda m: m[0].capitalize(), name.lower())

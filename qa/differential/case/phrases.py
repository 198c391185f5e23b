"""How doctors and patients say what an ontology calls otherwise: lay words, abbreviations and clinical Chinese.

The table says it of ids and not of names, so that it holds whatever names a graph has been given. A phrase in capitals
is an abbreviation and counts only where it is written so: `LOC`, not `loc`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from text.names import is_chinese, normalise

_SAID_SO = (
    ("can't ", ("cannot ", "can not ", "cant ", "couldn't ", "could not ", "unable to ", "not able to ")),
    ("won't ", ("will not ", "wont ", "wouldn't ")),
    ("doesn't ", ("does not ", "doesnt ", "don't ", "do not ", "didn't ")),
    ("hasn't ", ("has not ", "hasnt ", "haven't ", "have not ")),
    ("haven't ", ("have not ", "havent ", "hasn't ", "has not ")),
)
"""Ways to say what somebody cannot do, each of which stands for all."""
_WHOSE = re.compile(r"\b(?:my|his|her|your|their|our|the|a|an)\b ?", re.IGNORECASE)
_OF_PLACES = (
    (("pain", "tenderness"), ("痛", "压痛", "叩痛")),
    (("swelling",), ("肿",)),
    (("stiffness",), ("僵硬", "发僵")),
    (("numbness",), ("麻木", "麻", "发麻")),
    (("itching",), ("痒", "瘙痒")),
    (("weakness",), ("无力", "没劲", "发软")),
    (("redness",), ("红", "发红")),
)
"""What is said of a part of the body, in the order of the columns of its table."""

_RADIATING = (
    "向{}放射", "往{}放射", "朝{}放射", "放射到{}", "放射至{}", "放射到{}痛", "窜到{}", "往{}窜", "往{}那里窜",
    "向{}窜", "串到{}", "牵扯到{}", "牵涉到{}", "传到{}", "往{}传", "扯到{}",
)  # fmt: skip
"""How Chinese says that a pain goes on to another place."""


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """By normalised phrase the ids of findings that it may mean. Read when first asked for."""
    meant: dict[str, tuple[str, ...]] = {}
    for ids, said in _rows():
        for phrase in said:
            key = normalise(phrase)
            meant.setdefault(key, tuple(id.removeprefix("-") for id in ids))
    for ids, said in _rows():
        for key in {normalise(way) for phrase in said for way in _ways(phrase)}:
            meant.setdefault(key, tuple(id.removeprefix("-") for id in ids))
    return meant


def _ways(phrase: str) -> list[str]:
    """The other ways to say a phrase: what one cannot do, and whose it is, where words enough are left."""
    ways = [phrase.replace(said, other) for said, others in _SAID_SO if said in phrase for other in others]
    bare = [_WHOSE.sub("", way) for way in (phrase, *ways)]
    return ways + [way for way in bare if len(way.split()) >= 3]


@cache
def denying() -> frozenset[str]:
    """The normalised phrases that say that a finding is not there, such as afebrile."""
    return frozenset(normalise(phrase) for ids, said in _rows() if ids[0].startswith("-") for phrase in said)


@cache
def capitals() -> frozenset[str]:
    """The normalised phrases that are abbreviations, which count in capitals alone."""
    return frozenset(normalise(phrase) for _, said in _rows() for phrase in said if _short(phrase))


def written_so(surface: str) -> bool:
    """Whether `surface` may be one of the phrases, as it is written."""
    return normalise(surface) not in capitals() or any(letter.isupper() for letter in surface)


def _short(phrase: str) -> bool:
    return phrase.isupper() and not is_chinese(phrase) and len(phrase) <= 6


@cache
def _rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Ids with what is said for them: of the table, and what parts of the body may have."""
    table = _lines("phrases.tsv")
    rows = [
        (tuple(ids.split("|")), tuple(phrase for column in (name, *said) for phrase in column.split("|") if phrase))
        for ids, name, *said in (line if not line[0].startswith("-") else [line[0], "", *line[2:]] for line in table)
    ]
    for english, chinese, *ids in _lines("places.tsv"):
        for id, (nouns, endings) in zip(ids, _OF_PLACES, strict=True):
            said = [f"{place} {noun}" for place in english.split("|") for noun in nouns]
            said += [f"{place}{ending}" for place in chinese.split("|") for ending in endings]
            if id:
                rows.append(((id,), tuple(said)))
    for chinese, id in _lines("radiating.tsv"):
        rows.append(((id,), tuple(form.format(place) for place in chinese.split("|") for form in _RADIATING)))
    return tuple(rows)


def _lines(file: str) -> list[list[str]]:
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]

"""Findings told as absent in the list of those that are there: `no fever`, `denies cough`, `无发热`, `afebrile`.

A name that somebody bears stays what it is: `no periods` is a finding, and `无力` is weakness.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.model import Entity
from graph.view import GraphView
from qa.differential.case.naming import curie, is_finding, lookup, plain
from qa.differential.case.phrases import denying
from qa.differential.case.prose import judged
from qa.differential.model import Told
from text.names import is_chinese, normalise

_BEFORE = re.compile(
    r"^\W*(?:(?:the )?(?:patient|pt|child|he|she|they|i)\s+)?(?:(?:ha[sd]|have|does|did|do|was|is)\s+)?"
    r"(?:(?:no|not|nil|without|w/o|never|denie[sd]|denying|deny|-ve for|(?:negative|neg) for|absen(?:ce of|t)|free of|"
    r"none of|(?:has|does|did|was|is)n'?t)\b\s*)+"
    r"(?:(?:had|have|having|been|got|get|any|a|an|the|significant|obvious|known|current|evidence of|signs? of|"
    r"(?:past |previous )?history of|hx of|hx|h/o|complaints? of|symptoms? of)\s+)*",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:\s*[:=]\s*(?:no|none|nil|n|absent|negative|neg|denied|not present|excluded|false)"
    r"|\s+(?:absent|negative|neg|denied|not present|excluded|ruled out)"
    r"|\s*\(\s*(?:[-–−]|-ve|neg|negative|no|absent)\s*\)"
    r"|\s+(?:-ve|[-–−]))\s*$",
    re.IGNORECASE,
)
_BEFORE_CHINESE = re.compile(
    r"^(?:患者|患儿|病人|本人)?(?:目前|现|既往|平素)?(?:否认|排除|没有|没|未见|未诉|未出现|未发现|未及|未触及|未闻及|未|不伴|无|不)"
    r"(?:明显的?|有过?|曾|任何|出现过?|伴有?|诉|见)*"
)
_BEHIND_CHINESE = re.compile(r"(?:\s*[:：]\s*(?:无|没有|否|未见|阴性)|阴性|\s*[（(]\s*[-–−—]\s*[）)])\s*$")
_BETWEEN = re.compile(r"\s*(?:[,;|、，；\n\r\t]|\b(?:or|nor|and)\b|或者?|以?及|和)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """One name of several: as it is told, and without what denies it, which stands at `start` to `end`."""

    whole: str
    bare: str
    start: int
    end: int

    @property
    def denied(self) -> bool:
        """Whether it is denied by itself."""
        return self.whole != self.bare


def apart(view: GraphView, told: Told) -> Told:
    """The case with the findings that its list denies among the excluded ones. Raises what the graph raises."""
    parts = {name: _parts(name) for name in told.observed}
    lists = {name: several for name, several in parts.items() if any(one.denied for one in several)}
    again = {name: part for name in told.excluded if (part := _part(name, 0, len(name))).denied}
    means = _meaning(
        view, [*lists, *(each for one in (*again.values(), *_each(lists)) for each in (one.whole, one.bare))]
    )
    there: list[str] = []
    absent = [again[name].bare if name in again and _denies(again[name], means) else name for name in told.excluded]
    for name in told.observed:
        if normalise(name) in denying():
            absent.append(name)
        elif name not in lists or (len(lists[name]) > 1 and means(name)):
            there.append(name)
        else:
            _put(name, lists[name], means, there, absent)
    return replace(told, observed=tuple(dict.fromkeys(there)), excluded=tuple(dict.fromkeys(absent)))


def _put(name: str, parts: Sequence[_Part], means: Callable[[str], bool], there: list[str], absent: list[str]) -> None:
    """Put each part of a name where it belongs; one that is not understood stays whole among what is there."""
    own = [_denies(one, means) for one in parts]
    if not any(own):
        there.append(name)
        return
    verdicts = judged(name, [(one.start, one.end) for one in parts])
    for one, denied, verdict in zip(parts, own, verdicts, strict=True):
        if denied:
            absent.append(one.bare)
        elif one.denied or verdict.polarity == "affirmed":
            there.append(one.whole)
        else:
            absent.append(one.whole)


def _denies(part: _Part, means: Callable[[str], bool]) -> bool:
    """Whether a part denies what somebody bears the name of, and is no name itself."""
    marked = normalise(part.whole) == normalise(part.bare) or bool(curie(part.bare))  # `cough (-)`
    return part.denied and means(part.bare) and (marked or not means(part.whole))


def _meaning(view: GraphView, names: Iterable[str]) -> Callable[[str], bool]:
    """What tells whether a name is that of a finding or a disease, or an id; one look-up for all."""
    names = list(names)
    wanted = {normalise(way) for name in names for way in (name, plain(name))} - {""}
    bearers = lookup(view, wanted) if wanted else {}
    borne = {name for name, entities in bearers.items() if any(map(_counts, entities))}
    return lambda name: bool(curie(name)) or not borne.isdisjoint((normalise(name), normalise(plain(name))))


def _counts(entity: Entity) -> bool:
    return is_finding(entity) or entity.type == "Disease"


def _each(lists: Mapping[str, Sequence[_Part]]) -> Iterator[_Part]:
    return (one for parts in lists.values() for one in parts)


def _parts(name: str) -> tuple[_Part, ...]:
    """The names that stand in what was told."""
    cuts = [(0, 0), *(match.span() for match in _BETWEEN.finditer(name)), (len(name), len(name))]
    return tuple(_part(name, before[1], behind[0]) for before, behind in pairwise(cuts) if name[before[1] : behind[0]])


def _part(name: str, start: int, end: int) -> _Part:
    part = name[start:end]
    chinese = is_chinese(part)
    before = (_BEFORE_CHINESE if chinese else _BEFORE).match(part)
    behind = (_BEHIND_CHINESE if chinese else _BEHIND).search(part)
    first, last = before.end() if before else 0, behind.start() if behind else len(part)
    bare = part[first:last].strip()
    return _Part(part.strip(), bare or part.strip(), start + first, start + last if bare else end)

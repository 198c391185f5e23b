"""What goes wrong most: each difference between two annotations gets a name, and the names are counted.

The kinds follow the analysis of MUC-5 as nervaluate and others have it, with boundaries told apart by side and splits
and merges by count. A difference stands in one kind only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evaluation.corpora.annotated import Annotated, Mark

_ABOUT = 40
"""Characters shown on either side of an example."""
_LONGEST = 80
"""Characters of a surface form that are shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `detail` names what recurs: the surface form, or the words that a boundary takes or leaves."""

    kind: str
    type: str
    detail: str
    document: str
    start: int
    end: int
    wanted: str
    found: str
    """What GOLD and PRED say there: surface, type, identifiers; empty where they say nothing."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Differences alike: of one kind and type, and where `detail` is not empty with one detail."""

    kind: str
    type: str
    detail: str
    count: int
    document: str
    wanted: str
    found: str
    context: str
    """The text around the first of them, the place between « and »; empty where the file holds no text."""


def differences(
    gold: Mapping[str, Annotated], pred: Mapping[str, Annotated], types: tuple[str, ...]
) -> Iterator[Difference]:
    """Every difference in mentions of `types`, and in the links of mentions that both sides mark."""
    for id in sorted(gold):
        document, other = gold[id], pred.get(id)
        text = document.text or (other.text if other else "")
        wanted = [mark for mark in document.marks if mark.type in types]
        found = [mark for mark in other.marks if mark.type in types] if other else []
        spans = {mark.span: mark for mark in found}
        same = {mark.span for mark in wanted} & spans.keys()
        for mark in wanted:
            if mark.span in same:
                yield from _link(id, text, mark, spans[mark.span])
        left = [mark for mark in wanted if mark.span not in same]
        over = [mark for mark in found if mark.span not in same]
        if other is None:
            yield from (_alone("document missing", id, text, mark, True) for mark in left)
        else:
            yield from _compared(id, text, left, over)


def patterns(
    apart: list[Difference], gold: Mapping[str, Annotated], pred: Mapping[str, Annotated], limit: int
) -> tuple[list[Pattern], list[Pattern]]:
    """The commonest kinds by type, and the commonest with the words that recur in them, each with its first example."""
    by_kind: defaultdict[tuple[str, str, str], list[Difference]] = defaultdict(list)
    by_detail: defaultdict[tuple[str, str, str], list[Difference]] = defaultdict(list)
    for one in apart:
        by_kind[one.kind, one.type, ""].append(one)
        if one.detail and one.kind != "document missing":
            by_detail[one.kind, one.type, one.detail].append(one)
    kinds, details = (
        [
            _pattern(key, alike, gold, pred)
            for key, alike in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:limit]
        ]
        for groups in (by_kind, by_detail)
    )
    return kinds, details


@dataclass(slots=True)
class _Overlaps:
    """Marks of which none is the same on both sides, the pairs of them that touch, and which are told already."""

    document: str
    text: str
    gold: list[Mark]
    pred: list[Mark]
    touching: list[tuple[Mark, Mark]]
    told: set[tuple[int, int, str]] = field(default_factory=set)
    """Of GOLD."""
    answered: set[tuple[int, int, str]] = field(default_factory=set)
    """Of PRED."""

    def split(self) -> Iterator[Difference]:
        """A mention of GOLD that several of PRED touch which touch nothing else is told once."""
        for whole, parts in _several(self.touching):
            self.told.add(whole.span)
            self.answered.update(part.span for part in parts)
            both = f"{_words(self.text, whole)} | {' + '.join(_words(self.text, part) for part in parts)}"
            shown = _shown(self.text, whole), "; ".join(_shown(self.text, part) for part in parts)
            yield _difference("split", self.document, whole, both, *shown)

    def merged(self) -> Iterator[Difference]:
        """So is a mention of PRED that several of GOLD touch."""
        for whole, parts in _several([(pred, gold) for gold, pred in self.touching]):
            self.answered.add(whole.span)
            self.told.update(part.span for part in parts)
            both = f"{' + '.join(_words(self.text, part) for part in parts)} | {_words(self.text, whole)}"
            shown = "; ".join(_shown(self.text, part) for part in parts), _shown(self.text, whole)
            yield _difference("merged", self.document, whole, both, *shown)

    def apart(self) -> Iterator[Difference]:
        """One against one, the closest first: the same type before another, the larger overlap before the smaller."""
        self.touching.sort(key=lambda pair: (pair[0].type != pair[1].type, -_overlap(*pair), *(m.span for m in pair)))
        for gold, pred in self.touching:
            if gold.span not in self.told and pred.span not in self.answered:
                self.told.add(gold.span)
                self.answered.add(pred.span)
                kind, detail = _apart(self.text, gold, pred)
                shown = _shown(self.text, gold), _shown(self.text, pred)
                yield _difference(kind, self.document, gold, detail, *shown)

    def alone(self) -> Iterator[Difference]:
        """What no mark of the other side answers."""
        for mark in self.gold:
            if mark.span not in self.told:
                yield _alone("missed", self.document, self.text, mark, True)
        for mark in self.pred:
            if mark.span not in self.answered:
                yield _alone("spurious", self.document, self.text, mark, False)


def _compared(id: str, text: str, left: list[Mark], over: list[Mark]) -> Iterator[Difference]:
    """Differences between marks of which none is the same on both sides."""
    touching = [(a, b) for a in left for b in over if a.start < b.end and b.start < a.end]
    overlaps = _Overlaps(id, text, left, over, touching)
    yield from overlaps.split()
    yield from overlaps.merged()
    yield from overlaps.apart()
    yield from overlaps.alone()


def _several(touching: list[tuple[Mark, Mark]]) -> Iterator[tuple[Mark, list[Mark]]]:
    """The marks of the first side that several of the second touch, all of which touch nothing else."""
    touched = Counter(other.span for _, other in touching)
    parts: dict[tuple[int, int, str], tuple[Mark, list[Mark]]] = {}
    for mark, other in touching:
        parts.setdefault(mark.span, (mark, []))[1].append(other)
    for mark, others in parts.values():
        if len(others) > 1 and all(touched[other.span] == 1 for other in others):
            yield mark, others


def _apart(text: str, gold: Mark, pred: Mark) -> tuple[str, str]:
    """The kind of a difference between two marks that overlap, and what recurs in it."""
    if (gold.start, gold.end) == (pred.start, pred.end):
        return "wrong type", f"{_words(text, gold)} as {pred.type}"
    edges = []
    for side, one, other in (("left", pred.start, gold.start), ("right", gold.end, pred.end)):
        if one != other:
            words = " ".join(text[min(one, other) : max(one, other)].casefold().split())[:_LONGEST]
            edges.append((side, f"{'takes' if one < other else 'leaves'} {words}" if words else ""))
    kind = "boundary on both sides" if len(edges) == 2 else f"boundary on the {edges[0][0]}"
    detail = ", ".join(words for _, words in edges if words)
    return (kind, detail) if gold.type == pred.type else ("wrong type and boundary", detail)


def _link(id: str, text: str, gold: Mark, pred: Mark) -> Iterator[Difference]:
    if gold.ids == pred.ids:
        return
    kind = "not linked" if not pred.ids else "linked, not linkable" if not gold.ids else "wrong id"
    wanted, found = _ids(gold), _ids(pred)
    detail = f"{_words(text, gold)}: {found or '-'} for {wanted or '-'}"
    yield _difference(kind, id, gold, detail, _shown(text, gold), _shown(text, pred))


def _alone(kind: str, id: str, text: str, mark: Mark, wanted: bool) -> Difference:
    shown = _shown(text, mark)
    return _difference(kind, id, mark, _words(text, mark), shown if wanted else "", "" if wanted else shown)


def _difference(kind: str, id: str, mark: Mark, detail: str, wanted: str, found: str) -> Difference:
    return Difference(kind, mark.type, detail, id, mark.start, mark.end, wanted, found)


def _pattern(
    key: tuple[str, str, str], alike: list[Difference], gold: Mapping[str, Annotated], pred: Mapping[str, Annotated]
) -> Pattern:
    first = alike[0]
    text = gold[first.document].text or (pred[first.document].text if first.document in pred else "")
    context = ""
    if text:
        before, after = text[max(0, first.start - _ABOUT) : first.start], text[first.end : first.end + _ABOUT]
        context = " ".join(f"{before}«{text[first.start : first.end]}»{after}".split())
    name = gold[first.document].name
    return Pattern(*key, len(alike), name, first.wanted, first.found, context)


def _words(text: str, mark: Mark) -> str:
    """The surface form, in lower case so that recurrences meet."""
    return " ".join(text[mark.start : mark.end].casefold().split())[:_LONGEST]


def _shown(text: str, mark: Mark) -> str:
    surface = " ".join(text[mark.start : mark.end].split())[:_LONGEST] or f"{mark.start}-{mark.end}"
    return f"{surface} ({mark.type}{' ' + _ids(mark) if mark.ids else ''})"


def _ids(mark: Mark) -> str:
    return "|".join(sorted(mark.ids))


def _overlap(one: Mark, other: Mark) -> int:
    return min(one.end, other.end) - max(one.start, other.start)

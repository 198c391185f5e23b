"""Annotations and relations that an input gives (PubTator, BioC), in the words of this graph.

What types and relations are called is in `ingest.vocabulary`; identifiers are as in the corpora named there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from graph.model import Assertion, Entity
from graph.schema import PREDICATES
from ingest.model import Annotation
from ingest.sources.ids import curie
from ingest.vocabulary import BIORED, entity_type, predicate, qualifiers
from text.sentences import sentences

_MESH = re.compile("[CDQ][0-9]{6,9}")
_NO_ID = frozenset(("", "-", "-1", "none", "null", "na"))
_COMPOSITE = 100
"""Concepts of one composite identifier of a relation: each is related to each of the other side."""
_RUN = 3
"""How many sentences in a row may be quoted for one relation."""


@dataclass(frozen=True, slots=True)
class Given:
    """A relation as the input gives it: its kind, the two identifiers as written there, where it stands."""

    kind: str
    first: str
    second: str
    record: str


def identifiers(given: str, type: str) -> tuple[str, ...]:
    """The CURIEs in an identifier as given, composite ones split; none where it says that there is none.

    `type` is one of `schema.ENTITY_TYPES`: a bare number is a gene of NCBI, a taxon, or else a disease of OMIM.
    """
    given = given.strip()
    if given.lower() in _NO_ID:
        return ()
    if type == "Variant":
        return (_variant(given),)
    parts = (part.strip() for part in re.split(r"[|,;+]", given))
    return tuple(dict.fromkeys(_identifier(part, type) for part in parts if part.lower() not in _NO_ID))


def mentioned(start: int, end: int, surface: str, type: str, id: str) -> list[Annotation]:
    """The annotations for one mention as given: one, or one for each concept of a composite identifier."""
    kind = entity_type(type)
    return [Annotation(start, end, surface, kind, one) for one in identifiers(id, kind) or ("",)]


def entities(given: Iterable[Annotation]) -> tuple[Entity, ...]:
    """The entities that annotations name, each with its most frequent type and surface, sorted by id."""
    surfaces: dict[str, Counter[str]] = {}
    types: dict[str, Counter[str]] = {}
    for annotation in given:
        if annotation.id:
            surfaces.setdefault(annotation.id, Counter())[annotation.surface] += 1
            types.setdefault(annotation.id, Counter())[annotation.type] += 1
    return tuple(Entity(id, _commonest(types[id]), _commonest(surfaces[id])) for id in sorted(surfaces))


def statements(
    document: str, text: str, given: Sequence[Annotation], relations: Iterable[Given], extractor: str
) -> tuple[Assertion, ...]:
    """The relations as assertions, each with the first sentence, or run of up to three, that names both sides.

    Where they stand further apart it is the title. A relation of a kind that states nothing, or with a side that no
    annotation names, makes none.
    """
    types = {entity.id: entity.type for entity in entities(given)}
    ordered = sorted(given, key=lambda a: (a.start, a.end))
    order = {id: at for at, id in enumerate(dict.fromkeys(annotation.id for annotation in ordered))}
    quotes = _Quotes(text, ordered)
    kinds = tuple(dict.fromkeys(types.values()))
    made: dict[str, Assertion] = {}
    for relation in relations:
        for first, second in _ends(relation, types, kinds, order):
            stated = predicate(relation.kind, types[first], types[second])
            if stated is None:
                continue
            subject, object = (second, first) if stated.turned else (first, second)
            if PREDICATES[stated.predicate].symmetric:
                subject, object = min(first, second), max(first, second)
            start, end = quotes.of(first, second)
            assertion = Assertion.new(
                subject,
                stated.predicate,
                object,
                source=document,
                sentence=text[start:end],
                start=start,
                end=end,
                qualifiers=qualifiers(relation.kind),
                record=relation.record,
                extractor=extractor,
            )
            made.setdefault(assertion.id, assertion)
    return tuple(made.values())


def _ends(
    relation: Given, types: Mapping[str, str], kinds: Sequence[str], order: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """The pairs of ids that a relation names, one for each two of composite identifiers.

    A kind that says nothing of a direction goes from what is mentioned first, as it does where it is found.
    """
    seconds = _annotated(relation.second, types, kinds)
    for first in _annotated(relation.first, types, kinds):
        for second in seconds:
            if first != second:  # a composite identifier on both sides
                turned = relation.kind in BIORED and order[second] < order[first]
                yield (second, first) if turned else (first, second)


def _annotated(given: str, types: Mapping[str, str], kinds: Sequence[str]) -> list[str]:
    """The ids in `given` that annotations name; what type it is of only they know."""
    ids = [id for type in kinds for id in identifiers(given, type) if types.get(id) == type]
    return list(dict.fromkeys(ids))[:_COMPOSITE]


def _identifier(part: str, type: str) -> str:
    if _MESH.fullmatch(part):
        return f"MESH:{part}"
    if re.fullmatch("[0-9]+", part):
        prefix = {"Gene": "NCBIGene", "Organism": "NCBITaxon", "Disease": "OMIM"}.get(type, "local")
        return f"{prefix}:{part}"
    if part.startswith("CVCL_"):
        return f"Cellosaurus:{part}"
    return curie(part) or f"local:{quote(part, safe='')}"


def _variant(given: str) -> str:
    if number := re.search(r"(?:\brs|RS#:)([0-9]+)", given):
        return f"DBSNP:rs{number[1]}"
    # Its strokes are escaped too: elsewhere they separate ids.
    return f"tmVar:{quote(given.removeprefix('tmVar:'), safe='>+*:;=-')}"


def _commonest(counted: Counter[str]) -> str:
    return min(counted, key=lambda word: (-counted[word], word))


class _Quotes:
    """What of a text is quoted for a relation of two ids; what several relations ask is found once."""

    def __init__(self, text: str, given: Sequence[Annotation]) -> None:
        self._text, self._bounds = text, sentences(text)
        self._held: dict[str, list[tuple[int, int]]] = {}
        for one in given:
            # The sentence in which it ends, and the one in which it begins.
            begun = bisect_right(self._bounds, one.start, key=lambda bound: bound[0]) - 1
            last = bisect_left(self._bounds, one.end, key=lambda bound: bound[1])
            if begun >= 0 and last < len(self._bounds):
                self._held.setdefault(one.id, []).append((last, begun))
        self._found: dict[tuple[str, str], tuple[int, int]] = {}
        self._runs: dict[tuple[str, int], set[int]] = {}

    def of(self, first: str, second: str) -> tuple[int, int]:
        """Where the first sentence stands that holds both, or run of up to `_RUN`; else where the first of all does."""
        if (first, second) not in self._found:
            self._found[first, second] = self._of(first, second)
        return self._found[first, second]

    def _of(self, first: str, second: str) -> tuple[int, int]:
        bounds = self._bounds
        for run in range(1, _RUN + 1):
            for at in sorted(self._starts(first, run) & self._starts(second, run)):
                start, end = bounds[at][0], bounds[at + run - 1][1]
                if "\n" not in self._text[start:end]:  # the title and the abstract are no run of sentences
                    return start, end
        return bounds[0] if bounds else (0, len(self._text))

    def _starts(self, id: str, run: int) -> set[int]:
        """The sentences from which on a run of so many holds a place of `id`."""
        if (id, run) not in self._runs:
            most = len(self._bounds) - run + 1
            held = self._held.get(id, ())
            self._runs[id, run] = {
                at for last, begun in held for at in range(max(0, last - run + 1), min(begun + 1, most))
            }
        return self._runs[id, run]

"""Annotations and relations that an input gives (PubTator, BioC), in the words of this graph.

What types and relations are called is in `ingest.vocabulary`; identifiers are as in the corpora named there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
    order = list(dict.fromkeys(annotation.id for annotation in sorted(given, key=lambda a: (a.start, a.end))))
    made: dict[str, Assertion] = {}
    for relation in relations:
        for first, second in _ends(relation, types, order):
            stated = predicate(relation.kind, types[first], types[second])
            if stated is None:
                continue
            subject, object = (second, first) if stated.turned else (first, second)
            if PREDICATES[stated.predicate].symmetric:
                subject, object = min(first, second), max(first, second)
            start, end = _quoted(text, given, first, second)
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


def _ends(relation: Given, types: dict[str, str], order: list[str]) -> Iterator[tuple[str, str]]:
    """The pairs of ids that a relation names, one for each two of composite identifiers.

    A kind that says nothing of a direction goes from what is mentioned first, as it does where it is found.
    """
    for first in _annotated(relation.first, types):
        for second in _annotated(relation.second, types):
            if first != second:  # a composite identifier on both sides
                turned = relation.kind in BIORED and order.index(second) < order.index(first)
                yield (second, first) if turned else (first, second)


def _annotated(given: str, types: dict[str, str]) -> list[str]:
    """The ids in `given` that annotations name; what type it is of only they know."""
    ids = [id for type in dict.fromkeys(types.values()) for id in identifiers(given, type) if types.get(id) == type]
    return list(dict.fromkeys(ids))


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


def _quoted(text: str, given: Sequence[Annotation], first: str, second: str) -> tuple[int, int]:
    spans = sentences(text)
    for run in range(1, _RUN + 1):
        for at in range(len(spans) - run + 1):
            start, end = spans[at][0], spans[at + run - 1][1]
            if "\n" in text[start:end]:  # the title and the abstract are no run of sentences
                continue
            within = {a.id for a in given if a.id in (first, second) and start <= a.start and a.end <= end}
            if {first, second} <= within:
                return start, end
    return spans[0] if spans else (0, len(text))

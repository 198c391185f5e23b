"""Annotations and relations that an input gives (PubTator, BioC), in the words of this graph.

Types and identifiers as in PubTator (https://doi.org/10.1093/nar/gkz389), BioCreative V CDR
(https://doi.org/10.1093/database/baw068), NCBI Disease (https://doi.org/10.1016/j.jbi.2013.12.006) and BioRED
(https://doi.org/10.1093/bib/bbac282).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from graph.model import Assertion, Entity
from graph.schema import ENTITY_TYPES, PREDICATES
from ingest.model import Annotation
from ingest.sources.curies import curie
from text.sentences import sentences

_TYPES = {
    "chemical": "Drug", "chemicalentity": "Drug", "disease": "Disease", "diseaseorphenotypicfeature": "Disease",
    "specificdisease": "Disease", "diseaseclass": "Disease", "modifier": "Disease", "compositemention": "Disease",
    "gene": "Gene", "geneorgeneproduct": "Gene", "sequencevariant": "Variant", "mutation": "Variant",
    "dnamutation": "Variant", "proteinmutation": "Variant", "snp": "Variant", "organismtaxon": "Organism",
    "species": "Organism", "cellline": "CellLine",
}  # fmt: skip
_BY_LOWER = {name.lower(): name for name in ENTITY_TYPES}
_PREDICATES = {
    "CID": "causes",
    "Bind": "binds",
    "Drug_Interaction": "interacts_with",
    "Association": "associated_with",
    "Positive_Correlation": "associated_with",
    "Negative_Correlation": "associated_with",
}
"""What is stated. `Comparison`, `Cotreatment` and `Conversion` say nothing that a predicate of ours says."""

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


def entity_type(given: str) -> str:
    """The entity type of this graph for a type as given; `Concept` where there is none."""
    word = given.strip().lower()
    return _TYPES.get(word) or _BY_LOWER.get(word, "Concept")


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
    types = {annotation.id: annotation.type for annotation in given}
    made: dict[str, Assertion] = {}
    for relation in relations:
        predicate = _PREDICATES.get(relation.kind)
        if predicate is None:
            continue
        qualifiers = {"relation": relation.kind} if predicate == "associated_with" else None
        for first in _named(relation.first, types):
            for second in _named(relation.second, types):
                if first == second:  # a composite identifier on both sides
                    continue
                pair = sorted((first, second)) if PREDICATES[predicate].symmetric else [first, second]
                start, end = _quoted(text, given, first, second)
                assertion = Assertion.new(
                    pair[0], predicate, pair[1],
                    source=document, sentence=text[start:end], start=start, end=end, qualifiers=qualifiers,
                    record=relation.record, extractor=extractor,
                )  # fmt: skip
                made.setdefault(assertion.id, assertion)
    return tuple(made.values())


def _named(given: str, types: dict[str, str]) -> list[str]:
    """The ids in `given` that annotations name; what type it is of only they know."""
    known = [id for type in dict.fromkeys(types.values()) for id in identifiers(given, type) if types.get(id) == type]
    return list(dict.fromkeys(known))


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
    if found := re.search(r"(?:\brs|RS#:)([0-9]+)", given):
        return f"DBSNP:rs{found[1]}"
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

"""DrugMechDB (Gonzalez-Cavazos et al., Sci Data 2023;10:632): paths from a drug to its disease, in YAML.

A file, or a tar archive of files, one a path. Each link is an assertion, whose own relation is kept in the qualifier
`relation`; the drug treats the disease at the end of its path. A path names its drug in MeSH and in DrugBank: where all
paths agree on a pair, and the shipped lexicon has neither, its ids are one, a little less surely than where a list of
matches says so. A path that gives a drug the DrugBank id of another one keeps its drug by the other id that it has; one
whose drug has no other is a Failure. A drug under an id that the lexicon does not have has the lexicon's, where its
name is known there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.model import Assertion, Entity, Name, Source
from graph.schema import PREDICATES
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.drug_names import DrugNames, known
from ingest.sources.files.archive import members
from ingest.sources.ids import curie
from ingest.sources.records import NO_YAML, Wrong, listed, object_of, objects
from text.names import normalise

EXTRACTOR = "drugmechdb/2"
SOURCE = Source(
    "drugmechdb",
    "curated",
    title="DrugMechDB",
    licence="CC0-1.0",
    language="en",
    url="https://sulab.github.io/DrugMechDB",
)

_TYPES = {
    "Drug": "Drug", "ChemicalSubstance": "Drug", "Protein": "Gene", "GeneFamily": "Gene",
    "MacromolecularComplex": "Gene", "Disease": "Disease", "PhenotypicFeature": "Phenotype",
    "OrganismTaxon": "Organism", "GrossAnatomicalStructure": "Anatomy", "Cell": "Anatomy",
}  # fmt: skip
"""By the label of a node; processes, functions, components and pathways are Concepts."""
_RELATIONS: dict[str, tuple[str, ...]] = {
    "upregulates": (
        "positively regulates", "increases abundance of", "increases expression of", "increases stability of",
        "increases transport of",
    ),
    "downregulates": (
        "negatively regulates", "decreases abundance of", "decreases expression of", "decreases synthesis of",
        "increases degradation of", "decreases uptake of", "disrupts",
    ),
    "activates": ("increases activity of", "increases response to"),
    "inhibits": ("decreases activity of", "decreases response to"),
    "regulates": ("regulates",),
    "causes": ("causes",),
    "contributes_to": ("contributes to", "predisposes", "affects risk for", "exacerbates"),
    "participates_in": ("participates in", "actively involved in", "enables", "capable of"),
    "part_of": ("part of", "in complex with"),
    "located_in": ("located in", "occurs in"),
    "expressed_in": ("expressed in",),
    "has_phenotype": ("has phenotype",),
    "treats": ("treats",),
    "palliates": ("ameliorates",),
    "prevents": ("prevents",),
    "contraindicated_in": ("contraindicated for",),
    "subclass_of": ("subclass of",),
    "binds": ("directly interacts with", "physically interacts with"),
    "interacts_with": ("interacts with", "molecularly interacts with"),
    "resembles": ("similar to", "chemically similar to"),
}  # fmt: skip
_TURNED: dict[str, tuple[str, ...]] = {
    "causes": ("caused by",),
    "participates_in": ("has participant",),
    "part_of": ("has part",),
    "located_in": ("location of",),
    "expressed_in": ("expresses",),
    "has_phenotype": ("manifestation of", "phenotype of"),
    "regulates": ("affected by",),
    "downregulates": ("disrupted by",),
    "subclass_of": ("superclass of",),
}
_SURE = 0.9
_DRUGBANK = re.compile(r"DB:(DB\d{5})")


@dataclass(frozen=True, slots=True)
class _Path:
    record: str
    references: str
    entities: dict[str, Entity]


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then of each path its entities, where new, and its links, last the ids of drugs that are one.

    A malformed path is a Failure.

    Raises UnreadableSource, and MalformedFile where an archive breaks off.
    """
    import yaml

    loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    yield SOURCE
    names = known()
    declared: set[str] = set()
    pairs: dict[tuple[str, str], None] = {}
    for member in members(path, ".yaml"):
        if isinstance(member, Failure):
            yield member
            continue
        name, content = member
        if name.rpartition("/")[2].startswith("_"):  # the index of all paths
            continue
        try:
            # `loader` is a safe one: it makes no objects.
            told = object_of(yaml.load(content, Loader=loader))  # noqa: S506
            records = list(_records(told, names))
            pairs |= dict.fromkeys(_pairs(told, names))
        except (yaml.YAMLError, *NO_YAML) as error:
            reason = str(error) if isinstance(error, Wrong) else "not the YAML of a path"
            yield Failure(str(path), name.rpartition("/")[2], reason)
            continue
        for record in records:
            if isinstance(record, Failure):
                yield Failure(str(path), name.rpartition("/")[2], record.reason)
            elif isinstance(record, Assertion):
                yield record
            elif record.id not in declared:
                declared.add(record.id)
                yield record
    held = Counter(id for pair in pairs for id in pair)
    for bank, mesh in pairs:
        if held[bank] == held[mesh] == 1:
            yield Mapping(bank, mesh, _SURE)


def _pairs(told: dict[str, Any], names: DrugNames) -> Iterator[tuple[str, str]]:
    """The drug's ids in DrugBank and MeSH, where the path has both and the lexicon knows neither them nor its name."""
    graph = object_of(told.get("graph"))
    bank, mesh = _DRUGBANK.fullmatch(str(graph.get("drugbank") or "")), curie(str(graph.get("drug_mesh") or ""))
    known_name = normalise(_named(told, str(graph.get("drug_mesh")))) in names.ids
    if bank and mesh.startswith("MESH:") and not known_name and not {f"DRUGBANK:{bank[1]}", mesh} & names.same.keys():
        yield f"DRUGBANK:{bank[1]}", mesh


def _records(told: dict[str, Any], names: DrugNames) -> Iterator[Entity | Assertion | Failure]:
    graph = object_of(told.get("graph"))
    entities = {str(node.get("id")): _entity(node, names) for node in objects(told, "nodes")}
    drug, disease = entities.get(str(graph.get("drug_mesh"))), entities.get(str(graph.get("disease_mesh")))
    bank = _DRUGBANK.fullmatch(str(graph.get("drugbank") or ""))
    for entity in entities.values():
        if entity.type == "Drug" and (wrong := names.mistaken(entity.id, entity.name)):
            raise Wrong(wrong)
    if drug is not None and bank:
        if wrong := names.mistaken(f"DRUGBANK:{bank[1]}", _named(told, str(graph["drug_mesh"])), alone=True):
            yield Failure("", "", wrong)
        else:
            drug = replace(drug, xrefs=(*drug.xrefs, f"DRUGBANK:{bank[1]}"))
            entities[str(graph.get("drug_mesh"))] = drug
    whole = _Path(
        str(graph.get("_id") or ""),
        " ".join(listed(told, "references")),
        entities,
    )
    if not whole.record:
        raise Wrong("a path without _id")
    yield from entities.values()
    for link in objects(told, "links"):
        yield _link(whole, str(link.get("source")), str(link.get("key")), str(link.get("target")))
    if drug is not None and disease is not None:
        yield _link(whole, str(graph["drug_mesh"]), "treats", str(graph["disease_mesh"]))


def _named(told: dict[str, Any], id: str) -> str:
    return next((str(node.get("name")) for node in objects(told, "nodes") if str(node.get("id")) == id), "")


def _entity(node: dict[str, Any], names: DrugNames) -> Entity:
    id, name = curie(_DRUGBANK.sub(r"DRUGBANK:\1", str(node.get("id")))), str(node.get("name") or "")
    if not id or not name:
        raise Wrong("a node without an id of the form PREFIX:local, or without a name")
    type = _TYPES.get(str(node.get("label")), "Concept")
    same = names.same.get(id) or names.ids.get(normalise(name)) if type == "Drug" else None
    if same is None or names.mistaken(id, name):
        return Entity(id, type, name)
    preferred = names.names[same]
    other = (Name(name),) if normalise(name) != normalise(preferred) else ()
    return Entity(id, type, preferred, other) if id in names.same else Entity(same, type, preferred, other, xrefs=(id,))


def _link(path: _Path, source: str, relation: str, target: str) -> Assertion:
    if source not in path.entities or target not in path.entities:
        raise Wrong("a link to a node that is not in the path")
    one, other = path.entities[source], path.entities[target]
    key = relation.lower()
    straight = next((predicate for predicate, keys in _RELATIONS.items() if key in keys), "")
    turned = next((predicate for predicate, keys in _TURNED.items() if key in keys), "")
    predicate = straight or turned or "associated_with"
    subject, object = (other.id, one.id) if turned else (one.id, other.id)
    if PREDICATES[predicate].symmetric:
        subject, object = min(subject, object), max(subject, object)
    return Assertion.new(
        subject,
        predicate,
        object,
        source=SOURCE.id,
        sentence=f"{one.name} ({one.id}) {relation} {other.name} ({other.id}). {path.references}".strip(),
        qualifiers={} if predicate == key.replace(" ", "_") else {"relation": relation},
        record=path.record,
        extractor=EXTRACTOR,
    )

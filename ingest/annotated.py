"""Annotations that the input gives (PubTator, BioC): taken as they are, with the entities they need."""

from __future__ import annotations

from collections import Counter

from graph.model import Entity
from graph.schema import CURIE
from ingest.model import Document, Mention

VERSION = "given/1"

_TYPES = {
    "disease": "Disease",
    "diseaseorphenotypicfeature": "Disease",
    "chemical": "Drug",
    "chemicalentity": "Drug",
    "drug": "Drug",
    "gene": "Gene",
    "geneorgeneproduct": "Gene",
    "sequencevariant": "Variant",
    "mutation": "Variant",
    "variant": "Variant",
    "organismtaxon": "Organism",
    "species": "Organism",
    "cellline": "CellLine",
}
"""The corpora's names for the types of `graph.schema`, lower case."""


def given_mentions(document: Document) -> list[Mention]:
    """The document's annotations as mentions, in order; a composite annotation (`D1|D2`) is one mention an id."""
    mentions = []
    for annotation in sorted(document.annotations, key=lambda a: (a.start, a.end, a.id)):
        for id in annotation.id.split("|") if annotation.id else [""]:
            linked = CURIE.fullmatch(id) is not None
            mentions.append(
                Mention(
                    annotation.start, annotation.end, annotation.surface, entity_type(annotation.type),
                    id if linked else None, 1.0, tagger=VERSION, reason="given by the input" if linked else "",
                )
            )  # fmt: skip
    return mentions


def entities_of(document: Document) -> tuple[Entity, ...]:
    """What the document must declare: the entities it brings, and those its annotations name.

    An annotated entity bears its most frequent surface as its name, unless a curated source names it.
    """
    declared = {entity.id: entity for entity in document.entities}
    surfaces: dict[str, Counter[str]] = {}
    types: dict[str, str] = {}
    for mention in given_mentions(document):
        if mention.entity is not None and mention.entity not in declared:
            surfaces.setdefault(mention.entity, Counter())[mention.surface] += 1
            types.setdefault(mention.entity, mention.type)
    for id, counted in surfaces.items():
        name = min(counted, key=lambda surface: (-counted[surface], surface))
        declared[id] = Entity(id, types[id], name, access=document.access)
    return tuple(declared[id] for id in sorted(declared))


def entity_type(name: str) -> str:
    """The type of `graph.schema` for a corpus's type name; `Concept` for one that is not known."""
    return _TYPES.get(name.replace("_", "").casefold(), "Concept")

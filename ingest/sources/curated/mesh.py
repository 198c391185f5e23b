"""MeSH descriptors (https://www.nlm.nih.gov/mesh/) in tables: `mesh_id`, `mesh_name`, `mesh_tree_number`.

A row a tree number: the tree numbers say what a descriptor is and what it is a kind of. A heading turned round for
sorting (`Pneumonia, Viral`) is also known the way it is said (`Viral Pneumonia`), except in the tree of chemicals,
where a comma means something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from ingest.model import CuratedRecord, Failure
from ingest.sources.files.tables import rows

EXTRACTOR = "mesh/1"
SOURCE = Source(
    "mesh",
    "curated",
    title="Medical Subject Headings",
    licence="NLM terms, free use",
    language="en",
    url="https://www.nlm.nih.gov/mesh/",
)

TREES: tuple[tuple[str, str], ...] = (
    ("C23", "Phenotype"),
    ("C", "Disease"),
    ("F03", "Disease"),
    ("D", "Drug"),
    ("A", "Anatomy"),
    ("B", "Organism"),
    ("E01", "Procedure"),
    ("E02", "Procedure"),
    ("E03", "Procedure"),
    ("E04", "Procedure"),
)
"""The entity type by how a tree number begins, the first that fits; any other tree holds Concepts."""

_RANK = ("Disease", "Phenotype", "Drug", "Anatomy", "Organism", "Procedure", "Concept")
"""A descriptor in several trees is of the first of these types that one of them gives it."""


@dataclass(slots=True)
class _Descriptor:
    name: str
    trees: list[tuple[str, str]] = field(default_factory=list)
    """(tree number, the line it stands on)"""


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, an Entity for each descriptor, `subclass_of` for each tree number. Raises UnreadableSource.

    A parent that is not in the table is passed over: the tops of the trees (C01, …) have none.
    """
    yield SOURCE
    descriptors: dict[str, _Descriptor] = {}
    holders: dict[str, str] = {}
    for row in rows(path, ("mesh_id", "mesh_name", "mesh_tree_number"), comment=""):
        if isinstance(row, Failure):
            yield row
            continue
        id = row["mesh_id"]
        if not id[:1].isalpha() or not id[1:].isdigit():
            yield Failure(str(path), f"line {row.number}", "a mesh_id that is no descriptor such as D000001")
            continue
        descriptor = descriptors.setdefault(f"MESH:{id}", _Descriptor(row["mesh_name"]))
        descriptor.trees.append((row["mesh_tree_number"], row.line))
        holders[row["mesh_tree_number"]] = f"MESH:{id}"
    for id, descriptor in descriptors.items():
        type = min((_type(tree) for tree, _ in descriptor.trees), key=_RANK.index)
        as_said = "" if type == "Drug" else turned(descriptor.name)
        yield Entity(id, type, descriptor.name, (Name(as_said),) if as_said else ())
    for id, descriptor in descriptors.items():
        for tree, line in descriptor.trees:
            parent = holders.get(tree.rpartition(".")[0])
            if parent is not None and parent != id:
                yield Assertion.new(
                    id, "subclass_of", parent, source=SOURCE.id, sentence=line, record=tree, extractor=EXTRACTOR
                )


def turned(heading: str) -> str:
    """`Acute Myeloid Leukemia` for `Leukemia, Myeloid, Acute`; empty for a heading that is not turned round."""
    parts = heading.split(", ")
    if len(parts) == 1 or any(len(part.split()) > 3 or {"and", "or"} & set(part.split()) for part in parts):
        return ""
    return " ".join(reversed(parts))


def _type(tree: str) -> str:
    return next((type for start, type in TREES if tree.startswith(start)), "Concept")

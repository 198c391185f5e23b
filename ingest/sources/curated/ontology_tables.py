"""Ontologies as other programs unpack them into tables: the Disease Ontology's classes and cross-references, Mondo's
edges and cross-references, MeSH's names.

Mondo's tables name nothing: the names stand in the SSSOM tables beside them (`mondo_exactmatch_….sssom.tsv`), whose
release is theirs, too. A Mondo term that none of these names cannot be declared: what is stated of it waits for another
source to do so, and its cross-references are a Failure. One that they call obsolete is given up: it is no concept any
more, and what older edges state of it is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure, Obsolete
from ingest.sources.curated.obo import DATE
from ingest.sources.files.tables import Row, comments, rows
from ingest.sources.ids import curie
from ingest.sources.records import NO_CURIE

EXTRACTOR = "ontology-tables/3"

_MONDO: dict[str, tuple[str, bool]] = {
    "rdfs:subClassOf": ("subclass_of", False),
    "RO:0004029": ("has_phenotype", False),
    "http://purl.obolibrary.org/obo/mondo#disease_has_major_feature": ("has_phenotype", False),
    "RO:0004026": ("located_in", False),
    "RO:0004027": ("located_in", False),
    "RO:0004020": ("gene_associated_with", True),
    "RO:0014001": ("causes", True),
}
"""The predicate of a property, and whether its object is the subject: feature, place, place of inflammation, the gene
whose dysfunction it is, the infectious agent."""
_HGNC = "http://identifiers.org/hgnc/"
_OBSOLETE = "obsolete "
"""How the label of a Mondo term begins that is given up."""


def read_do(path: Path) -> Iterator[CuratedRecord]:
    """DO's classes (`id label subClassOf`, the parent by its label): Source, entities, `subclass_of`.

    The table is held in memory. Raises UnreadableSource.
    """
    yield _do("classes")
    labels: dict[str, str] = {}
    several: list[tuple[Row, str]] = []
    for row in rows(path, ("id", "label"), quoted=True):
        if isinstance(row, Failure):
            yield row
        elif id := curie(row["id"]):
            if labels.setdefault(row["label"], id) == id:
                yield Entity(id, "Disease", row["label"])
            several.append((row, id))
        else:
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
    for row, id in several:
        parent = labels.get(row["subClassOf"], "")
        if parent and parent != id:
            yield Assertion.new(
                id, "subclass_of", parent, source="DO-classes", sentence=row.line, record=id, extractor=EXTRACTOR
            )
        elif row["subClassOf"]:
            yield Failure(str(path), f"line {row.number}", "a parent whose label no class of the table has")


def read_do_xrefs(path: Path) -> Iterator[CuratedRecord]:
    """DO's cross-references (`id label xref`): Source, then each class with all of its own. Raises UnreadableSource."""
    yield _do("xrefs")
    classes: dict[str, tuple[str, dict[str, None]]] = {}
    for row in rows(path, ("id", "label", "xref"), quoted=True):
        if isinstance(row, Failure):
            yield row
        elif not (id := curie(row["id"])) or not (xref := curie(row["xref"])):
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
        else:
            classes.setdefault(id, (row["label"], {}))[1][xref] = None
    for id, (label, xrefs) in classes.items():
        yield Entity(id, "Disease", label, xrefs=tuple(xrefs))


def _do(what: str) -> Source:
    return Source(
        f"DO-{what}",
        "curated",
        title=f"Human Disease Ontology, table of {what}",
        licence="CC0-1.0",
        language="en",
        url="https://disease-ontology.org",
    )


def read_mesh_terms(path: Path) -> Iterator[CuratedRecord]:
    """MeSH's names (`mesh_id mesh_name`): Source, then a Concept each, whose type its tree numbers tell elsewhere.

    Raises UnreadableSource.
    """
    yield Source(
        "mesh-terms",
        "curated",
        title="Medical Subject Headings, names",
        licence="NLM terms, free use",
        language="en",
        url="https://www.nlm.nih.gov/mesh/",
    )
    for row in rows(path, ("mesh_id", "mesh_name"), comment=""):
        if isinstance(row, Failure):
            yield row
        elif not row["mesh_id"][1:].isdigit():
            yield Failure(str(path), f"line {row.number}", "a mesh_id that is no descriptor such as D000001")
        else:
            yield Entity(f"MESH:{row['mesh_id']}", "Concept", row["mesh_name"])


def read_mondo_edges(path: Path) -> Iterator[CuratedRecord]:
    """Mondo's edges (`x p y`): Source, the diseases that have a name, what is stated of them.

    Edges of other ontologies within Mondo, and properties that the schema has no word for, are passed over.
    Raises UnreadableSource.
    """
    labels, version = _mondo_labels(path)
    yield _mondo("edges", version)
    given_up = {id for id, label in labels.items() if label.startswith(_OBSOLETE)}
    for id, label in labels.items():
        yield Obsolete(id, id) if id in given_up else Entity(id, "Disease", label)
    agents: set[str] = set()
    for row in rows(path, ("x", "p", "y"), comment=""):
        if isinstance(row, Failure):
            yield row
            continue
        known = _MONDO.get(row["p"])
        one, other = curie(row["x"]), curie(row["y"].replace(_HGNC, "HGNC:"))
        if known is None or not one.startswith("MONDO:") or one in given_up or other in given_up:
            continue
        predicate, turned = known
        if not other:
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
        else:
            if other.startswith(("NCBITaxon:", "HGNC:")) and other not in agents:
                agents.add(other)
                yield Entity(other, "Organism" if other.startswith("NCBITaxon:") else "Gene", other)
            yield Assertion.new(
                other if turned else one,
                predicate,
                one if turned else other,
                source="MONDO-edges",
                sentence=row.line,
                qualifiers={} if row["p"] == "rdfs:subClassOf" else {"relation": row["p"]},
                record=f"{one} {row['p']} {other}",
                extractor=EXTRACTOR,
            )


def read_mondo_xrefs(path: Path) -> Iterator[CuratedRecord]:
    """Mondo's cross-references (`cls xref`): Source, then each disease that has a name with all of its own.

    Raises UnreadableSource.
    """
    labels, version = _mondo_labels(path)
    yield _mondo("xrefs", version)
    classes: dict[str, dict[str, None]] = {}
    for row in rows(path, ("cls", "xref"), comment="", quoted=True):
        if isinstance(row, Failure):
            yield row
            continue
        id, xref = curie(row["cls"]), curie(row["xref"])
        if not id or not xref:
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
        elif labels.get(id, "").startswith(_OBSOLETE):
            continue
        elif id in labels:
            classes.setdefault(id, {})[xref] = None
        elif id.startswith("MONDO:"):
            yield Failure(str(path), f"line {row.number}", f"names {id}, which no table beside it gives a name")
    for id, xrefs in classes.items():
        yield Entity(id, "Disease", labels[id], xrefs=tuple(xrefs))


def _mondo(what: str, version: str) -> Source:
    return Source(
        f"MONDO-{what}",
        "curated",
        title=f"Mondo Disease Ontology, table of {what}",
        version=version,
        licence="CC-BY-4.0",
        language="en",
        url="https://mondo.monarchinitiative.org",
    )


def _mondo_labels(path: Path) -> tuple[dict[str, str], str]:
    """The names of Mondo's terms in the SSSOM tables beside `path`, and the release of these."""
    labels: dict[str, str] = {}
    version = ""
    for table in sorted(path.parent.glob("mondo*.sssom.tsv*")):
        release = DATE.search(comments(table).get("mapping_set_version", ""))
        version = max(version, release[0] if release else "")
        for row in rows(table, ("subject_id", "subject_label")):
            if isinstance(row, Row) and row["subject_id"].startswith("MONDO:"):
                labels.setdefault(row["subject_id"], row["subject_label"])
    return labels, version

"""Hetionet (Himmelstein et al., eLife 2017;6:e26726): a network of drugs, diseases, genes, anatomy, side effects.

Three forms of it are read: a folder with `nodes.tsv` or `nodes/*.tsv` and `edges/*.tsv` (tables in the form of Neo4j's
import, such as `Compound_Treats_Disease.tsv`) or `…edges.sif`; or one of these files alone, of which an edge file needs
its nodes loaded before. Every file may be packed with gzip.

How its metaedges become predicates is in `METAEDGES`. Where the schema states the opposite direction, subject and
object change places (a gene is associated with a disease, a gene is expressed in an anatomical structure). A column
`license` or `sources` of an edge file goes to the qualifiers of its assertions; a column `actions` (`inhibitor|…`) says
how a compound acts on what it binds. `hetionet_json` reads the fourth form, which alone has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.model import Assertion, Entity, Source
from graph.schema import PREDICATES
from ingest.errors import UnreadableSource
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.drug_names import known
from ingest.sources.files.files import lines
from ingest.sources.files.tables import Row, rows
from ingest.sources.ids import curie

EXTRACTOR = "hetionet/3"
SOURCE = Source(
    "hetionet",
    "curated",
    title="Hetionet",
    version="1.0",
    licence="CC0-1.0; parts under the licences of their sources",
    language="en",
    url="https://het.io",
)


@dataclass(frozen=True, slots=True)
class Kind:
    type: str
    prefix: str
    """What stands before an identifier that has no prefix of its own."""


KINDS: dict[str, Kind] = {
    "Anatomy": Kind("Anatomy", "UBERON"),
    "Biological Process": Kind("Concept", "GO"),
    "Cellular Component": Kind("Concept", "GO"),
    "Compound": Kind("Drug", "DRUGBANK"),
    "Disease": Kind("Disease", "DOID"),
    "Gene": Kind("Gene", "NCBIGene"),
    "Molecular Function": Kind("Concept", "GO"),
    "Pathway": Kind("Concept", "Pathway"),
    "Pharmacologic Class": Kind("Concept", "NDFRT"),
    "Side Effect": Kind("Phenotype", "UMLS"),
    "Symptom": Kind("Phenotype", "MESH"),
}


@dataclass(frozen=True, slots=True)
class Metaedge:
    predicate: str
    reversed: bool = False


METAEDGES: dict[str, Metaedge] = {
    "AdG": Metaedge("downregulates"),
    "AeG": Metaedge("expressed_in", reversed=True),
    "AuG": Metaedge("upregulates"),
    "CbG": Metaedge("binds"),
    "CcSE": Metaedge("has_adverse_effect"),
    "CdG": Metaedge("downregulates"),
    "CpD": Metaedge("palliates"),
    "CrC": Metaedge("resembles"),
    "CtD": Metaedge("treats"),
    "CuG": Metaedge("upregulates"),
    "DaG": Metaedge("gene_associated_with", reversed=True),
    "DdG": Metaedge("downregulates"),
    "DlA": Metaedge("located_in"),
    "DpS": Metaedge("has_phenotype"),
    "DrD": Metaedge("resembles"),
    "DuG": Metaedge("upregulates"),
    "GcG": Metaedge("covaries_with"),
    "GiG": Metaedge("interacts_with"),
    "GpBP": Metaedge("participates_in"),
    "GpCC": Metaedge("participates_in"),
    "GpMF": Metaedge("participates_in"),
    "GpPW": Metaedge("participates_in"),
    "Gr>G": Metaedge("regulates"),
    "PCiC": Metaedge("subclass_of", reversed=True),
}
"""By abbreviation."""

_VERBS = {
    "associates": "a", "binds": "b", "causes": "c", "covaries": "c", "downregulates": "d", "expresses": "e",
    "includes": "i", "interacts": "i", "localizes": "l", "palliates": "p", "participates": "p", "presents": "p",
    "regulates": "r>", "resembles": "r", "treats": "t", "upregulates": "u",
}  # fmt: skip
_INITIALS = {
    "anatomy": "A", "biological process": "BP", "cellular component": "CC", "compound": "C", "compund": "C",
    "disease": "D", "gene": "G", "molecular function": "MF", "pathway": "PW", "pharmacologic class": "PC",
    "side effect": "SE", "symptom": "S",
}  # fmt: skip
# `:START_ID(Compound)`, `compoundId:ID(Compound)`
_COLUMN = re.compile(r"[\w.-]*:(ID|START_ID|END_ID)\(([\w ]+)\)")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, the entities, the assertions. An edge whose metaedge is unknown is a Failure.

    So is, where `path` is a folder, an edge that names a node that is not there. Raises UnreadableSource, also for a
    folder without nodes or edges.
    """
    if not path.is_dir():
        nodes_alone = _holds_nodes(path)
        yield SOURCE
        yield from _entities(path, set()) if nodes_alone else _assertions(path, None)
        return
    nodes = _files(path, "nodes")
    edges = _files(path, "edges")
    if not nodes or not edges:
        raise UnreadableSource(f"{path}: a Hetionet folder has nodes (nodes.tsv, nodes/) and edges (edges/, …sif)")
    yield SOURCE
    declared: set[str] = set()
    for file in nodes:
        yield from _entities(file, declared)
    for file in edges:
        yield from _assertions(file, declared)


def _files(folder: Path, what: str) -> list[Path]:
    """The files of nodes or of edges: one table of all where there is one, else the folder of tables."""
    name = re.compile(rf"(?:.*-)?{what}\.(?:tsv|sif)(?:\.gz)?")
    together = sorted(file for file in folder.iterdir() if file.is_file() and name.fullmatch(file.name))
    return together[:1] or sorted(file for file in (folder / what).glob("*.tsv*") if file.is_file())


def _holds_nodes(path: Path) -> bool:
    header = _header(path)
    return "kind" in header or any((match := _COLUMN.fullmatch(c)) and match[1] == "ID" for c in header)


def _header(path: Path) -> list[str]:
    first = next(lines(path))
    return [] if isinstance(first, Failure) else first[1].split("\t")


def _entities(path: Path, declared: set[str]) -> Iterator[CuratedRecord]:
    names = known()
    columns = [match for c in _header(path) if (match := _COLUMN.fullmatch(c)) and match[1] == "ID"]
    column, kind = (columns[0][0], columns[0][2]) if columns else ("id", "")
    for row in rows(path, (column, "name") if columns else ("id", "name", "kind"), comment=""):
        if isinstance(row, Failure):
            yield row
            continue
        id, type = node(row[column], kind or row["kind"])
        if not type:
            yield Failure(str(path), f"line {row.number}", "a node of unknown kind")
        elif not id:
            yield Failure(str(path), f"line {row.number}", "an identifier that makes no CURIE")
        elif type == "Drug" and (wrong := names.mistaken(id, row["name"])):
            yield Failure(str(path), f"line {row.number}", wrong)
        else:
            declared.add(id)
            yield Entity(id, type, row["name"])


def node(text: str, kind: str = "") -> tuple[str, str]:
    """(id, entity type) of `Disease::DOID:263`, or of `DOID:263` of a given kind; empty where there is none."""
    before, colons, after = text.partition("::")
    if colons:
        kind, text = before, after
    node = KINDS.get(kind)
    if node is None:
        return "", ""
    if node.prefix == "Pathway" or ":" not in text:
        text = f"{node.prefix}:{text}"
    return curie(text), node.type


def _assertions(path: Path, declared: set[str] | None) -> Iterator[CuratedRecord]:
    columns = {match[1]: match for c in _header(path) if (match := _COLUMN.fullmatch(c))}
    if "START_ID" in columns and "END_ID" in columns:
        subject, object = columns["START_ID"], columns["END_ID"]
        short = abbreviation(path.name.partition(".")[0], subject[2])
        if short not in METAEDGES:
            yield Failure(str(path), "", "the file's name is no metaedge such as Compound_Treats_Disease")
            return
        for row in rows(path, (subject[0], object[0]), comment=""):
            if isinstance(row, Failure):
                yield row
            else:
                ends = node(row[subject[0]], subject[2])[0], node(row[object[0]], object[2])[0]
                yield _assertion(path, row, short, *ends, declared)
    else:
        for row in rows(path, ("source", "metaedge", "target"), comment=""):
            if isinstance(row, Failure):
                yield row
            else:
                yield _assertion(path, row, row["metaedge"], node(row["source"])[0], node(row["target"])[0], declared)


def abbreviation(name: str, start: str) -> str:
    """`CtD` of `Compound_Treats_Disease`, whose first node is a `Compound`."""
    words = [word.lower() for word in name.split("_")]
    length = len(start.split())
    subject, verb, object = " ".join(words[:length]), "".join(words[length : length + 1]), " ".join(words[length + 1 :])
    letters = _INITIALS.get(subject, "?"), _VERBS.get(verb, "?"), _INITIALS.get(object, "?")
    return "".join(letters)


_INHIBITS = ("inhibitor", "antagonist", "blocker", "negative modulator", "negative allosteric modulator",
             "inverse agonist", "suppressor", "inactivator", "inhibitory allosteric modulator")  # fmt: skip
_ACTIVATES = ("agonist", "activator", "partial agonist", "positive modulator", "positive allosteric modulator",
              "potentiator", "stimulator", "inducer")  # fmt: skip


def acted(predicate: str, actions: Iterable[str]) -> str:
    """`inhibits` or `activates` in place of `binds` where all actions that tell say the same."""
    told = {action.strip().lower() for action in actions}
    down, up = bool(told & set(_INHIBITS)), bool(told & set(_ACTIVATES))
    if predicate != "binds" or down == up:
        return predicate
    return "inhibits" if down else "activates"


def _assertion(
    path: Path, row: Row, short: str, subject: str, object: str, declared: set[str] | None
) -> Assertion | Failure:
    where = f"line {row.number}"
    metaedge = METAEDGES.get(short)
    if metaedge is None:
        return Failure(str(path), where, "an unknown metaedge")
    if not subject or not object or (declared is not None and not {subject, object} <= declared):
        return Failure(str(path), where, "an edge with an unknown node")
    if metaedge.reversed:
        subject, object = object, subject
    if PREDICATES[metaedge.predicate].symmetric:
        subject, object = min(subject, object), max(subject, object)
    qualifiers = {name: row[name] for name in ("license", "sources", "actions") if row[name]}
    return Assertion.new(
        subject,
        acted(metaedge.predicate, row["actions"].split("|")),
        object,
        source=SOURCE.id,
        sentence=row.line,
        qualifiers=qualifiers,
        record=f"{short} {where}",
        extractor=EXTRACTOR,
    )

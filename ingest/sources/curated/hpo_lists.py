"""HPO's plain lists, as other programs unpack its releases: terms, parents, and what diseases and genes are tied to.

Four tables, told by their columns: `hpo_id name obsolete replaced_by`; `hpo_id parent_id`;
`disease_id disease_name hpo_id`; `ncbi_gene_id symbol hpo_id`. They hold neither release nor frequency, so they are
sources of their own, and `phenotype.hpoa` beside them is the fuller one: the list of diseases also holds what was
looked for and seen in nobody (1,947 of 270,000), and does not say of which it is so. So its findings are less sure, and
their sentence says that nothing is said of how often. A list of parents in the same folder tells modes of inheritance,
onset, course and modifiers from findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure, Mapping, Obsolete
from ingest.sources.curated.hpo_branches import WITHOUT_PARENTS, predicates
from ingest.sources.files.files import lines
from ingest.sources.files.tables import Row, rows
from ingest.sources.ids import curie
from ingest.sources.records import NO_CURIE

EXTRACTOR = "hpo-lists/2"

UNTOLD = "not stated"
"""The `frequency` of a finding of which the list does not say whether it was seen."""
_UNSURE = 0.9
_PARENTS = ("hpo_is_a.tsv", "hpo_is_a.tsv.gz")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then what the list of parents, of diseases or of genes states. Raises UnreadableSource."""
    columns = _header(path)
    if "parent_id" in columns:
        yield _source("terms")
        yield from _parents(path)
    elif "ncbi_gene_id" in columns:
        yield _source("genes")
        yield from _of_genes(path)
    else:
        yield _source("diseases")
        yield from _of_diseases(path)


def read_terms(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then a term or, where it is obsolete, what took its place. Raises UnreadableSource."""
    yield _source("terms")
    branches = _branches(path)
    for row in rows(path, ("hpo_id", "name")):
        if isinstance(row, Failure):
            yield row
            continue
        term, replacement = curie(row["hpo_id"]), curie(row["replaced_by"])
        if not term.startswith("HP:"):
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
        elif row["obsolete"] not in ("1", "true"):
            yield Entity(term, "Concept" if term in branches else "Phenotype", row["name"])
        elif replacement:
            yield Mapping(term, replacement)
        else:
            yield Obsolete(term, f"line {row.number}")


def _source(what: str) -> Source:
    return Source(
        f"HPO-lists-{what}",
        "curated",
        title=f"Human Phenotype Ontology, plain list of {what}",
        licence="HPO licence; Orphanet's part CC-BY-4.0",
        language="en",
        url="https://hpo.jax.org",
    )


def _header(path: Path) -> list[str]:
    first = next(lines(path))
    return [] if isinstance(first, Failure) else first[1].split("\t")


def _parents(path: Path) -> Iterator[CuratedRecord]:
    for row in rows(path, ("hpo_id", "parent_id")):
        if isinstance(row, Failure):
            yield row
            continue
        term, parent = curie(row["hpo_id"]), curie(row["parent_id"])
        if not term or not parent:
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
        else:
            yield _statement(row, term, "subclass_of", parent, "terms")


def _of_diseases(path: Path) -> Iterator[CuratedRecord]:
    branches = _branches(path) or WITHOUT_PARENTS
    yield from _statements(
        path,
        ("disease_id", "disease_name", "hpo_id"),
        lambda row: Entity(curie(row["disease_id"]), "Disease", row["disease_name"]),
        lambda term: branches.get(term, "has_phenotype"),
        "diseases",
    )


def _of_genes(path: Path) -> Iterator[CuratedRecord]:
    branches = _branches(path) or WITHOUT_PARENTS
    yield from _statements(
        path,
        ("ncbi_gene_id", "symbol", "hpo_id"),
        lambda row: Entity(curie(f"NCBIGene:{row['ncbi_gene_id']}"), "Gene", row["symbol"]),
        lambda term: branches.get(term, "gene_associated_with"),
        "genes",
    )


def _statements(
    path: Path,
    columns: tuple[str, ...],
    subject: Callable[[Row], Entity],
    predicate: Callable[[str], str],
    what: str,
) -> Iterator[CuratedRecord]:
    declared: set[str] = set()
    for row in rows(path, columns):
        if isinstance(row, Failure):
            yield row
            continue
        entity, term = subject(row), curie(row["hpo_id"])
        if not entity.id or not term.startswith("HP:"):
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
            continue
        if entity.id not in declared:
            declared.add(entity.id)
            yield entity
        yield _statement(row, entity.id, predicate(term), term, what)


def _statement(row: Row, subject: str, predicate: str, object: str, what: str) -> Assertion:
    untold = predicate == "has_phenotype"
    return Assertion.new(
        subject,
        predicate,
        object,
        source=f"HPO-lists-{what}",
        sentence=row.line,
        qualifiers={"frequency": UNTOLD} if untold else {},
        record=f"{subject} {object}",
        extractor=EXTRACTOR,
        confidence=_UNSURE if untold else 1.0,
    )


def _branches(path: Path) -> dict[str, str]:
    """The predicates of HPO's terms by the list of parents beside `path`; none where there is no such list."""
    beside = next((path.with_name(name) for name in _PARENTS if path.with_name(name).is_file()), None)
    if beside is None:
        return {}
    listed = (row for row in rows(beside, ("hpo_id", "parent_id")) if isinstance(row, Row))
    return predicates((curie(row["hpo_id"]), curie(row["parent_id"])) for row in listed)

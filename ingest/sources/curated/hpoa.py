"""HPO's annotations of diseases (`phenotype.hpoa`) and of genes (`genes_to_phenotype.txt`).

Format: https://obophenotype.github.io/human-phenotype-ontology/annotations/phenotype_hpoa/. Both name HPO terms by id
only, so the ontology (`obo`) has to be loaded before; the gene file names diseases by id only, so `phenotype.hpoa` has
to be loaded before it.

A line whose aspect is P (phenotypic abnormality) or H (past medical history) states `has_phenotype`. The aspects
I (inheritance), C (onset and clinical course) and M (modifier) say something about a disease that is not a finding in
a patient: they state `has_inheritance`, `has_onset` or `has_course`, and `has_modifier`. The qualifier `NOT`, or a
frequency of none (`0/44`), makes the statement negated. The day of the last curation is the qualifier `date`. OMIM's,
Orphanet's and DECIPHER's entries of one disease stay entities of their own: only a mapping (`sssom`) merges them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.hpo_branches import ONSETS
from ingest.sources.files.files import lines
from ingest.sources.files.tables import Row, comments, rows
from ingest.sources.ids import curie
from ingest.sources.records import NO_CURIE

EXTRACTOR = "hpoa/2"

_DISEASE_COLUMNS = (
    "database_id", "disease_name", "qualifier", "hpo_id", "reference", "evidence", "onset", "frequency", "sex",
    "modifier", "aspect", "biocuration",
)  # fmt: skip
_REQUIRED = ("database_id", "disease_name", "hpo_id", "aspect")
_GENE_COLUMNS = ("ncbi_gene_id", "gene_symbol", "disease_id")
_PREDICATES = {
    "P": "has_phenotype", "H": "has_phenotype", "I": "has_inheritance", "C": "has_course", "M": "has_modifier",
}  # fmt: skip
# `HPO:skoehler[2017-07-13]; HPO:probinson[2021-06-21]`
_CURATED = re.compile(r"\[(\d{4}-\d\d-\d\d)\]")

# OMIM's titles as they stand in older releases: `#154700 MARFAN SYNDROME; MFS;;MARFAN SYNDROME, TYPE I; MFS1`.
_NUMBER = re.compile(r"^[#%*+^]?\d{6}\s+|^[#%*+^]\s*")

_NOBODY = re.compile(r"0/[1-9]\d*|0(?:\.0+)?%|HP:0040285")
"""A frequency that says that the finding was looked for and seen in nobody; HP:0040285 is "Excluded"."""


def read(path: Path) -> Iterator[CuratedRecord]:
    """`phenotype.hpoa`: the Source, then each Disease before the first assertion that names it.

    An assertion a line, with the reference (such as a PMID) as `record`. Raises UnreadableSource.
    """
    header = comments(path)
    yield Source(
        "HPOA",
        "curated",
        title="Human Phenotype Ontology annotations",
        version=header.get("version") or header.get("date", ""),
        licence="HPO licence; Orphanet's part CC-BY-4.0",
        language="en",
        url="https://hpo.jax.org",
    )
    columns = _DISEASE_COLUMNS if _is_old(path) else None
    diseases = _declared(path, columns)
    for row in rows(path, _REQUIRED, header=columns):
        if isinstance(row, Failure):
            yield row
            continue
        disease, term = curie(row["database_id"]), curie(row["hpo_id"])
        predicate = _PREDICATES.get(row["aspect"])
        if not disease or not term.startswith("HP:"):
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
        elif predicate is None:
            yield Failure(str(path), f"line {row.number}", "an aspect that is none of P, I, C, M, H")
        elif row["qualifier"] not in ("", "NOT"):
            yield Failure(str(path), f"line {row.number}", "a qualifier that is not NOT")
        else:
            if entity := diseases.pop(disease, None):
                yield entity
            yield _statement(row, disease, predicate, term)


def read_genes(path: Path) -> Iterator[CuratedRecord]:
    """`genes_to_phenotype.txt`: the Source, genes, and one `gene_associated_with` for each gene and disease.

    What the file says of genes and phenotypes follows from these. Raises UnreadableSource.
    """
    yield Source(
        "HPOA-genes",
        "curated",
        title="Human Phenotype Ontology annotations of genes",
        version=comments(path).get("version", ""),
        licence="HPO licence",
        language="en",
        url="https://hpo.jax.org",
    )
    genes: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for row in rows(path, _GENE_COLUMNS):
        if isinstance(row, Failure):
            yield row
            continue
        disease = curie(row["disease_id"])
        if not row["ncbi_gene_id"].isdigit() or not disease:
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
            continue
        gene = f"NCBIGene:{row['ncbi_gene_id']}"
        if gene not in genes:
            genes.add(gene)
            yield Entity(gene, "Gene", row["gene_symbol"])
        if (gene, disease) not in pairs:
            pairs.add((gene, disease))
            yield Assertion.new(
                gene,
                "gene_associated_with",
                disease,
                source="HPOA-genes",
                sentence=row.line,
                record=f"line {row.number}",
                extractor=EXTRACTOR,
            )


def names(title: str) -> tuple[str, tuple[Name, ...]]:
    """The preferred name and the synonyms in a disease's title: OMIM's number and sign taken off, `;` separates."""
    parts = [part.strip() for part in _NUMBER.sub("", title.strip()).split(";")]
    several = list(dict.fromkeys(part for part in parts if part))
    return (several[0], tuple(Name(part, "en") for part in several[1:])) if several else ("", ())


def _is_old(path: Path) -> bool:
    """Whether the column names stand in a comment, as before 2023: the columns themselves were the same."""
    for item in lines(path):
        if isinstance(item, Failure) or not item[1].startswith("#"):
            return False
        if item[1].startswith("#DatabaseID\t"):
            return True
    return False


def _declared(path: Path, header: Sequence[str] | None) -> dict[str, Entity]:
    """Every disease under all the names that its lines give it. Lines that cannot be read are reported later."""
    titles: dict[str, dict[str, None]] = {}
    for row in rows(path, _REQUIRED, header=header):
        if isinstance(row, Row) and (disease := curie(row["database_id"])):
            titles.setdefault(disease, {})[row["disease_name"]] = None
    entities = {}
    for disease, several in titles.items():
        preferred, synonyms = names("; ".join(several))
        entities[disease] = Entity(disease, "Disease", preferred or disease, synonyms)
    return entities


def _statement(row: Row, disease: str, predicate: str, term: str) -> Assertion:
    qualifiers = {name: row[name] for name in ("frequency", "onset", "modifier", "evidence") if row[name]}
    if row["sex"]:
        qualifiers["sex"] = row["sex"].lower()
    if row["aspect"] == "H":
        qualifiers["aspect"] = "history"
    if days := _CURATED.findall(row["biocuration"]):
        qualifiers["date"] = max(days)
    return Assertion.new(
        disease,
        "has_onset" if predicate == "has_course" and term in ONSETS else predicate,
        term,
        source="HPOA",
        sentence=row.line,
        polarity="negated" if row["qualifier"] == "NOT" or _NOBODY.fullmatch(row["frequency"]) else "affirmed",
        qualifiers=qualifiers,
        record=row["reference"] or f"line {row.number}",
        extractor=EXTRACTOR,
    )

"""UMLS and RxNorm in the Rich Release Format (https://www.ncbi.nlm.nih.gov/books/NBK9685/), for holders of a licence.

`MRCONSO.RRF` and `RXNCONSO.RRF` give names, `MRREL.RRF` and `RXNREL.RRF` relations, `MRSTY.RRF` beside them the types.
Both directions of a relation stand in the files: one of them is read. Suppressed rows are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.licences import LICENCES
from ingest.sources.files.tables import Row, rows
from ingest.sources.ids import curie

EXTRACTOR = "rrf/1"

_NAMES = (
    "id", "language", "ts", "lui", "stt", "sui", "ispref", "aui", "saui", "scui", "sdui", "sab", "tty", "code", "str",
    "srl", "suppress", "cvf", "",
)  # fmt: skip
_RELATIONS = (
    "id1", "aui1", "stype1", "rel", "id2", "aui2", "stype2", "rela", "rui", "srui", "sab", "sl", "rg", "dir",
    "suppress", "cvf", "",
)  # fmt: skip
_STY = ("id", "tui", "stn", "sty", "atui", "cvf", "")
_LANGUAGES = {"ENG": "en", "CHI": "zh", "": "en"}
_XREFS = {
    "MSH": "MESH", "SNOMEDCT_US": "SNOMEDCT", "ICD10CM": "ICD10CM", "OMIM": "OMIM", "DRUGBANK": "DRUGBANK",
    "NCI": "NCIT", "ATC": "ATC", "LNC": "LOINC", "RXNORM": "RXNORM",
}  # fmt: skip
_OWN = {"HPO", "GO", "HGNC"}
"""Vocabularies whose codes have their prefix already."""
_TYPES = {
    "T047": "Disease", "T048": "Disease", "T191": "Disease", "T046": "Disease", "T019": "Disease", "T020": "Disease",
    "T037": "Disease", "T184": "Phenotype", "T033": "Phenotype", "T034": "Measurement", "T059": "Measurement",
    "T201": "Measurement", "T121": "Drug", "T109": "Drug", "T200": "Drug", "T195": "Drug", "T116": "Drug",
    "T123": "Drug", "T125": "Drug", "T127": "Drug", "T129": "Drug", "T131": "Drug", "T197": "Drug", "T028": "Gene",
    "T023": "Anatomy", "T029": "Anatomy", "T030": "Anatomy", "T024": "Anatomy", "T022": "Anatomy", "T061": "Procedure",
    "T060": "Procedure", "T058": "Procedure", "T007": "Organism", "T005": "Organism", "T004": "Organism",
}  # fmt: skip
_RANK = (
    "Disease", "Phenotype", "Drug", "Gene", "Anatomy", "Procedure", "Measurement", "Organism", "Concept",
)  # fmt: skip
_STATED = {
    "isa": "subclass_of", "may_treat": "treats", "may_prevent": "prevents", "causative_agent_of": "causes",
    "contraindicated_with_disease": "contraindicated_in", "has_finding_site": "located_in",
    "has_manifestation": "has_phenotype", "has_ingredient": "has_ingredient",
    "has_active_ingredient": "has_ingredient", "tradename_of": "subclass_of", "part_of": "part_of",
    "gene_associated_with_disease": "gene_associated_with", "induces": "causes",
}  # fmt: skip
"""By the relation that the second concept of a row has to the first, or `CHD` (child) where none is named."""


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then for each concept of a table of names its Entity. Its rows stand together, as they do in UMLS.

    Raises UnreadableSource.
    """
    types: dict[str, str] | None = None
    parsed = rows(path, ("id", "str"), header=_NAMES, delimiter="|", comment="")
    for id, group in groupby(parsed, key=lambda row: row["id"] if isinstance(row, Row) else ""):
        several: list[Row] = []
        for row in group:
            if isinstance(row, Failure):
                yield row
            elif row["suppress"] in ("", "N") and row["language"] in _LANGUAGES:
                several.append(row)
        if types is None:
            yield _source(id)
            types = _types(path)
        if several:
            yield _entity(_curie(id), several, types.get(id, "Concept" if _umls(id) else "Drug"))


def read_relations(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then what the schema has a word for. A relation without two concepts is of atoms: passed over.

    Raises UnreadableSource.
    """
    begun = False
    for row in rows(path, (), header=_RELATIONS, delimiter="|", comment=""):
        if isinstance(row, Failure):
            yield row
            continue
        one, other = row["id1"], row["id2"]
        if not begun and (one or other):
            begun = True
            yield _source(one or other)
        predicate = _STATED.get(row["rela"], "subclass_of" if row["rel"] == "CHD" and not row["rela"] else "")
        if not predicate or not one or not other or one == other or row["suppress"] not in ("", "N"):
            continue
        yield Assertion.new(
            _curie(other),
            predicate,
            _curie(one),
            source=_source(one).id,
            sentence=row.line,
            qualifiers={"vocabulary": row["sab"]} if row["sab"] else {},
            record=row["rui"] or f"line {row.number}",
            extractor=EXTRACTOR,
        )


def _umls(id: str) -> bool:
    return id.startswith("C")


def _curie(id: str) -> str:
    return f"UMLS:{id}" if _umls(id) else f"RXNORM:{id}"


def _source(id: str) -> Source:
    name, title = ("umls", "UMLS Metathesaurus") if _umls(id) else ("rxnorm", "RxNorm")
    return Source(
        name,
        "curated",
        title=title,
        licence=LICENCES["umls"].words,
        language="en",
        url="https://www.nlm.nih.gov/research/umls",
    )


def _types(path: Path) -> dict[str, str]:
    """The entity type of each concept by the table of semantic types beside `path`, where there is one."""
    beside = next((p for p in (path.with_name("MRSTY.RRF"), path.with_name("MRSTY.RRF.gz")) if p.is_file()), None)
    types: dict[str, str] = {}
    for row in rows(beside, ("id", "tui"), header=_STY, delimiter="|", comment="") if beside else ():
        if isinstance(row, Row):
            type = _TYPES.get(row["tui"], "Concept")
            types[row["id"]] = min(type, types.get(row["id"], "Concept"), key=_RANK.index)
    return types


def _entity(id: str, several: list[Row], type: str) -> Entity:
    english = [row for row in several if _LANGUAGES[row["language"]] == "en"] or several
    preferred = min(english, key=lambda row: (row["ts"] != "P", row["stt"] != "PF", row["ispref"] != "Y"))
    names = dict.fromkeys(Name(row["str"], _LANGUAGES[row["language"]]) for row in several)
    xrefs = dict.fromkeys(xref for row in several if (xref := _xref(row)))
    return Entity(
        id,
        type,
        preferred["str"],
        tuple(name for name in names if name.text != preferred["str"]),
        tuple(xref for xref in xrefs if xref != id),
    )


def _xref(row: Row) -> str:
    if row["sab"] in _OWN:
        return curie(row["code"])
    prefix = _XREFS.get(row["sab"], "")
    return curie(f"{prefix}:{row['code']}") if prefix and row["code"] not in ("", "NOCODE") else ""

"""SIDER 4.1 (Kuhn et al., Nucleic Acids Res 2016;44:D1075): side effects of package inserts, with their frequencies.

Three tables without a header, in the order of their drugs: side effects (six columns), frequencies (ten), indications
(seven). A drug is a flat STITCH compound, which is a PubChem compound; its names stand in `drug_names.tsv`, a fourth
table, which is looked for beside the others. Of the MedDRA terms the preferred ones are read (`PT`), since every lower
one repeats in them. The frequencies of one effect of one drug make one assertion; those under placebo are its qualifier
`placebo`. Of the indications only those that SIDER found to be one (`NLP_indication`) state `treats`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.drug_names import known
from ingest.sources.curated.licences import LICENCES
from ingest.sources.files.files import lines
from ingest.sources.files.tables import Row, rows
from text.names import normalise

EXTRACTOR = "sider/1"
SOURCE = Source(
    "sider",
    "curated",
    title="SIDER Side Effect Resource",
    version="4.1",
    licence=LICENCES["sider"].words,
    language="en",
    url="http://sideeffects.embl.de",
)
_EFFECTS = ("flat", "stereo", "label", "type", "umls", "name")
_FREQUENCIES = ("flat", "stereo", "label", "placebo", "frequency", "lower", "upper", "type", "umls", "name")
_INDICATIONS = ("flat", "label", "method", "labelled", "type", "umls", "name")
_FLAT = re.compile(r"CID1(\d{8})")
_CONCEPT = re.compile(r"C\d{7}")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then for each drug the Entities, where new, and what the table states. Raises UnreadableSource."""
    yield SOURCE
    header = _header(path)
    names, ids = _names(path), known().ids
    declared: set[str] = set()
    parsed = rows(path, ("flat",), header=header, comment="")
    for flat, group in groupby(parsed, key=lambda row: row["flat"] if isinstance(row, Row) else ""):
        terms: dict[str, list[Row]] = {}
        number = _FLAT.fullmatch(flat)
        for row in group:
            if isinstance(row, Failure):
                yield row
            elif not number:
                yield Failure(str(path), f"line {row.number}", "not a flat STITCH compound such as CID100000085")
            elif row["type"] == "PT" and not (_CONCEPT.fullmatch(row["umls"]) and row["name"]):
                yield Failure(str(path), f"line {row.number}", "a preferred term without UMLS concept or name")
            elif row["type"] == "PT":
                terms.setdefault(row["umls"], []).append(row)
        if not number:
            continue
        drug = f"PUBCHEM.COMPOUND:{int(number[1])}"
        for concept, stated in terms.items():
            if assertion := _assertion(drug, concept, stated, header):
                if drug not in declared:
                    name = names.get(flat, "")
                    if same := ids.get(normalise(name)):
                        yield Mapping(drug, same)
                    yield Entity(drug, "Drug", name or f"PubChem compound {int(number[1])}")
                if assertion.object not in declared:
                    yield Entity(assertion.object, "Phenotype", stated[0]["name"])
                declared |= {drug, assertion.object}
                yield assertion


def _header(path: Path) -> Sequence[str]:
    first = next(lines(path))
    cells = [] if isinstance(first, Failure) else first[1].split("\t")
    return {10: _FREQUENCIES, 7: _INDICATIONS}.get(len(cells), _EFFECTS)


def _names(path: Path) -> dict[str, str]:
    """The names of flat compounds in the table of names beside `path`, where there is one."""
    beside = next(
        (f for name in ("drug_names.tsv", "drug_names.tsv.gz") if (f := path.with_name(name)).is_file()), None
    )
    if beside is None:
        return {}
    listed = rows(beside, ("flat", "name"), header=("flat", "name"), comment="")
    return {row["flat"]: row["name"] for row in listed if isinstance(row, Row)}


def _assertion(drug: str, concept: str, stated: list[Row], header: Sequence[str]) -> Assertion | None:
    predicate, confidence = "has_adverse_effect", 1.0
    qualifiers: dict[str, str] = {}
    if header is _INDICATIONS:
        stated = [row for row in stated if row["method"] == "NLP_indication"]
        predicate, confidence, qualifiers = "treats", 0.7, {"method": "NLP_indication"}
    elif header is _FREQUENCIES:
        of_drug, of_placebo = _Frequencies(), _Frequencies()
        for row in stated:
            (of_placebo if row["placebo"] else of_drug).add(row["frequency"])
        qualifiers = {"frequency": of_drug.words(), "placebo": of_placebo.words()}
        stated = [row for row in stated if not row["placebo"]]
    if not stated:
        return None
    return Assertion.new(
        drug,
        predicate,
        f"UMLS:{concept}",
        source=SOURCE.id,
        sentence=stated[0].line,
        qualifiers={key: value for key, value in qualifiers.items() if value},
        record=f"{stated[0]['flat']} {concept}",
        extractor=EXTRACTOR,
        confidence=confidence,
    )


@dataclass(slots=True)
class _Frequencies:
    """What the inserts say of how often an effect is seen."""

    percents: list[tuple[float, str]] = field(default_factory=list)
    others: dict[str, None] = field(default_factory=dict)

    def add(self, text: str) -> None:
        if match := _PERCENT.fullmatch(text):
            self.percents.append((float(match[1]), match[1]))
        elif text:
            self.others[text] = None

    def words(self) -> str:
        """`1-21%`, `rare`, `2%, postmarketing`; empty where nothing is said."""
        told = []
        if self.percents:
            (least, low), (most, high) = min(self.percents), max(self.percents)
            told.append(f"{low}%" if least == most else f"{low}-{high}%")
        return ", ".join((*told, *self.others))

"""SIDER 4.1 (Kuhn et al., Nucleic Acids Res 2016;44:D1075): side effects of package inserts, with their frequencies.

Three tables without a header, in the order of their drugs: side effects (six columns), frequencies (ten), indications
(seven). A drug is the PubChem compound of the stereo column, since ofloxacin and levofloxacin are one flat compound; of
indications, which have the flat one alone, that of the side effects beside them, where it is a single one. Names stand
in `drug_names.tsv`, which is looked for beside the others, by flat compound; before them goes how the shipped lexicon
calls the compound. Of the MedDRA terms the preferred ones are read (`PT`), since every lower
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

EXTRACTOR = "sider/2"
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
_STEREO = re.compile(r"CID0(\d{8})")
_CONCEPT = re.compile(r"C\d{7}")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then for each drug the Entities, where new, and what the table states. Raises UnreadableSource."""
    yield SOURCE
    header = _header(path)
    compounds = _Compounds(path, header)
    declared: set[str] = set()
    parsed = rows(path, ("flat",), header=header, comment="")
    for flat, group in groupby(parsed, key=lambda row: row["flat"] if isinstance(row, Row) else ""):
        terms: dict[tuple[str, str], list[Row]] = {}
        for row in group:
            if isinstance(row, Failure):
                yield row
            elif not (drug := compounds.id(row)):
                yield Failure(
                    str(path), f"line {row.number}", "not STITCH compounds such as CID100000085, CID000010917"
                )
            elif row["type"] == "PT" and not (_CONCEPT.fullmatch(row["umls"]) and row["name"]):
                yield Failure(str(path), f"line {row.number}", "a preferred term without UMLS concept or name")
            elif row["type"] == "PT":
                terms.setdefault((drug, row["umls"]), []).append(row)
        for (drug, concept), stated in terms.items():
            if assertion := _assertion(drug, concept, stated, header):
                if drug not in declared:
                    yield from compounds.declared(drug, flat)
                if assertion.object not in declared:
                    yield Entity(assertion.object, "Phenotype", stated[0]["name"])
                declared |= {drug, assertion.object}
                yield assertion


class _Compounds:
    """Which compounds the rows of a table are about, and what is known of these."""

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self._names, self._lexicon = _names(path), known()
        self._stereo = _single(path) if header is _INDICATIONS else {}
        self._flat_of = {stereo: flat for flat, stereo in (self._stereo or _single(path)).items()}

    def id(self, row: Row) -> str:
        """The id of the drug of a row; empty where it names none."""
        flat = _FLAT.fullmatch(row["flat"])
        stereo = _STEREO.fullmatch(row["stereo"] or self._stereo.get(row["flat"], ""))
        number = stereo or (flat if not row["stereo"] else None)
        return f"PUBCHEM.COMPOUND:{int(number[1])}" if flat and number else ""

    def declared(self, drug: str, flat: str) -> Iterator[Mapping | Entity]:
        """The drug, and that it is one of the lexicon's where its id or its name is."""
        number = int(drug.partition(":")[2])
        alone = self._flat_of.get(f"CID0{number:08}") == flat or drug == f"PUBCHEM.COMPOUND:{int(flat[4:])}"
        # A flat compound and its name stand for a drug where that is the only one of it.
        name = self._names.get(flat, "") if alone else ""
        ids = (drug, f"PUBCHEM.COMPOUND:{int(flat[4:])}") if alone else (drug,)
        lexicon = self._lexicon
        same = next((lexicon.same[id] for id in ids if id in lexicon.same), "") or lexicon.ids.get(normalise(name), "")
        if same:
            yield Mapping(drug, same)
        yield Entity(drug, "Drug", lexicon.names.get(same, "") or name or f"PubChem compound {number}")


def _single(path: Path) -> dict[str, str]:
    """By flat compound the stereo one, where the table of side effects beside `path` has a single one of it."""
    stereo: dict[str, set[str]] = {}
    for effects in list(_beside(path, "meddra_all_se.tsv"))[:1]:
        for row in rows(effects, ("flat",), header=_EFFECTS, comment=""):
            if isinstance(row, Row):
                stereo.setdefault(row["flat"], set()).add(row["stereo"])
    return {flat: next(iter(every)) for flat, every in stereo.items() if len(every) == 1}


def _beside(path: Path, *names: str) -> Iterator[Path]:
    yield from (f for name in names for end in ("", ".gz") if (f := path.with_name(f"{name}{end}")).is_file())


def _header(path: Path) -> Sequence[str]:
    first = next(lines(path))
    cells = [] if isinstance(first, Failure) else first[1].split("\t")
    return {10: _FREQUENCIES, 7: _INDICATIONS}.get(len(cells), _EFFECTS)


def _names(path: Path) -> dict[str, str]:
    """The names of flat compounds in the table of names beside `path`, where there is one."""
    beside = next(_beside(path, "drug_names.tsv"), None)
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

"""Drug-drug interactions of the ONC lists (Phansalkar et al., JAMIA 2012;19:735 and 2013;20:489), mapped to DrugBank.

The mapping gives some classes members that they have not (salicylates, anticoagulants): such lines are Failures.

Two tables without a header, as the mapping of Ayvaz et al. (J Biomed Inform 2015;55:206) has them: high-priority pairs,
`drug$id$drug$id$`, and pairs of classes whose alert need not interrupt, with commas and eleven columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.drug_names import known
from ingest.sources.files.files import lines
from ingest.sources.files.tables import unquoted
from ingest.sources.ids import curie
from ingest.sources.records import Wrong

EXTRACTOR = "interactions/3"
HIGH = Source(
    "onc-high-priority",
    "curated",
    title="ONC high-priority drug-drug interactions",
    licence="US Government work",
    language="en",
)
LOW = Source(
    "onc-non-interruptive",
    "curated",
    title="ONC non-interruptive drug-drug interactions",
    licence="US Government work",
    language="en",
)


_NO_MEMBERS = frozenset((
    ("salicylates", "methacholine"), ("salicylates", "niclosamide"),
    ("anticoagulants", "anagrelide"), ("anticoagulants", "dipyridamole"),
))  # fmt: skip
"""What the mapping puts into a class by mistake: methacholine is no salicylate, dipyridamole no anticoagulant."""


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source of the list that the first line belongs to, then for each line its drugs, where new, and
    `interacts_with` with the list's `priority` (and the classes, where it has them). Raises UnreadableSource.
    """
    names = known()
    source: Source | None = None
    declared: set[str] = set()
    for item in lines(path):
        if isinstance(item, Failure):
            yield item
            continue
        number, line = item
        if not line.strip():
            continue
        if source is None:
            source = HIGH if "$" in line else LOW
            yield source
        try:
            pair = _high(line) if source is HIGH else _low(line)
        except Wrong as broken:
            yield Failure(str(path), f"line {number}", str(broken))
            continue
        if pair is None:
            yield Failure(str(path), f"line {number}", "not two drugs with their DrugBank ids")
            continue
        if wrong := _mistaken(line):
            yield Failure(str(path), f"line {number}", f"the source puts {wrong[1]} into {wrong[0]!r}, which it is not")
            continue
        if mistaken := next((told for drug in pair[:2] if (told := names.mistaken(drug.id, drug.name))), ""):
            yield Failure(str(path), f"line {number}", mistaken)
            continue
        for drug in pair[:2]:
            if drug.id not in declared:
                declared.add(drug.id)
                yield drug
        one, other = sorted((pair[0].id, pair[1].id))
        yield Assertion.new(
            one,
            "interacts_with",
            other,
            source=source.id,
            sentence=line,
            qualifiers=pair[2],
            record=f"line {number}",
            extractor=EXTRACTOR,
        )


def _mistaken(line: str) -> tuple[str, str] | None:
    """The class and the drug that is none of it, where the line names such a pair."""
    cells = [cell.strip() for cell in unquoted(line)]
    pairs = [(cells[1], cells[2]), (cells[6], cells[7])] if len(cells) >= 11 else []
    return next((pair for pair in pairs if (pair[0].lower(), pair[1].lower()) in _NO_MEMBERS), None)


def _high(line: str) -> tuple[Entity, Entity, dict[str, str]] | None:
    cells = line.split("$")
    return _pair(cells[0:2], cells[2:4], {"priority": "high"}) if len(cells) >= 4 else None


def _low(line: str) -> tuple[Entity, Entity, dict[str, str]] | None:
    cells = unquoted(line)
    if len(cells) < 11:
        return None
    return _pair(
        cells[2:4], cells[7:9], {"priority": "non-interruptive", "classes": f"{cells[1].strip()}; {cells[6].strip()}"}
    )


def _pair(one: list[str], other: list[str], qualifiers: dict[str, str]) -> tuple[Entity, Entity, dict[str, str]] | None:
    drugs = []
    for name, id in (one, other):
        drug = curie(f"DRUGBANK:{id.strip()}") if id.strip().startswith("DB") else ""
        if not drug or not name.strip():
            return None
        drugs.append(Entity(drug, "Drug", name.strip()))
    return (drugs[0], drugs[1], qualifiers) if drugs[0].id != drugs[1].id else None

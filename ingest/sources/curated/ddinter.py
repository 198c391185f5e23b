"""DDInter (Xiong et al., Nucleic Acids Res 2022;50:D1200): drug interactions with their severity, in CSV.

The files are those of ATC's main groups: a pair stands in the files of both its drugs and is one assertion. DDInter
has ids of its own: a drug whose name the shipped lexicon holds is mapped to that id.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.drug_names import known
from ingest.sources.curated.licences import LICENCES
from ingest.sources.files.tables import rows
from text.names import normalise

EXTRACTOR = "ddinter/1"
SOURCE = Source(
    "ddinter",
    "curated",
    title="DDInter",
    licence=LICENCES["ddinter"].words,
    language="en",
    url="http://ddinter.scbdd.com",
)
_LEVELS = ("major", "moderate", "minor", "unknown")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then for each pair its drugs, where new, and `interacts_with` with its `severity`.

    Raises UnreadableSource.
    """
    yield SOURCE
    names = known().ids
    declared: set[str] = set()
    columns = ("DDInterID_A", "Drug_A", "DDInterID_B", "Drug_B", "Level")
    for row in rows(path, columns, delimiter=",", quoted=True):
        if isinstance(row, Failure):
            yield row
            continue
        one, other = sorted((row["DDInterID_A"], row["DDInterID_B"]))
        level = row["Level"].lower()
        if one == other or not (one.startswith("DDInter") and other.startswith("DDInter")) or level not in _LEVELS:
            yield Failure(str(path), f"line {row.number}", "not two drugs of DDInter with a level that is known")
            continue
        for side in ("A", "B"):
            id = f"DDINTER:{row[f'DDInterID_{side}']}"
            if id not in declared:
                declared.add(id)
                if same := names.get(normalise(row[f"Drug_{side}"])):
                    yield Mapping(id, same)
                yield Entity(id, "Drug", row[f"Drug_{side}"])
        yield Assertion.new(
            f"DDINTER:{one}",
            "interacts_with",
            f"DDINTER:{other}",
            source=SOURCE.id,
            sentence=row.line,
            qualifiers={"severity": level},
            record=f"{one} {other}",
            extractor=EXTRACTOR,
        )

"""The Anatomical Therapeutic Chemical classification of the WHO, as codes tell it: `L02AE03` is in L02AE.

Names are medgraph's own, from the table that it ships; a class without one is called by its code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from graph.model import Assertion, Entity, Name
from ingest.model import Failure
from ingest.sources.files.tables import rows

CODE = re.compile(r"[A-DGHJL-NPRSV]\d\d[A-Z]{2}\d\d")
"""A substance, the fifth level."""

_COMBINED = (
    "A02BD", "A10BD", "C02L", "C03E", "C07B", "C07C", "C07D", "C07E", "C07F", "C08G", "C09B", "C09D", "C10BA", "C10BX",
    "G03AA", "G03AB", "G03E", "G03F", "J01CR", "J01RA", "J04AM", "J05AR", "M01B", "N02AJ", "N04BA02", "N04BA03",
    "R03AK", "R03AL", "R06AX53", "S01CA",
)  # fmt: skip
"""Classes of several substances together, by how their codes begin."""
_LEVELS = (1, 3, 4, 5)


def above(code: str) -> str:
    """The code of the class that a class or substance is in; empty for a main group."""
    lengths = [length for length in (*_LEVELS, 7) if length < len(code)]
    return code[: lengths[-1]] if lengths else ""


def alone(code: str) -> bool:
    """Whether a code of the fifth level stands for one substance: numbers of 20, 30 and 50 to 79 are combinations
    (https://www.whocc.no/atc/structure_and_principles/)."""
    return not (code.startswith(_COMBINED) or code[5:] in ("20", "30") or code[5:6] in ("5", "6", "7"))


def classes(code: str, source: str, declared: set[str], extractor: str) -> Iterator[Entity | Assertion]:
    """The classes that a substance is in, the highest first, where `declared` lacks them, each in the one above."""
    above = ""
    for level in _LEVELS:
        id = f"ATC:{code[:level]}"
        if id not in declared:
            declared.add(id)
            yield class_entity(code[:level])
            if above:
                yield Assertion.new(
                    id, "subclass_of", above, source=source, sentence=f"{id}\t{above}", record=id, extractor=extractor
                )
        above = id


def class_entity(code: str) -> Entity:
    """The class of this code, as medgraph names it in both languages, whichever source speaks of it."""
    name, chinese = _names().get(code, (f"ATC class {code}", ""))
    return Entity(f"ATC:{code}", "Concept", name, (Name(chinese, "zh"),) if chinese else ())


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[str, str]]:
    """The shipped English and Chinese name of each class, by its code."""
    table = Path(__file__).resolve().parents[2] / "pharmacology" / "atc.tsv"
    read = [row for row in rows(table) if not isinstance(row, Failure)]
    return {row["code"]: (row["name"], row["zh"]) for row in read if row["name"] and not CODE.fullmatch(row["code"])}

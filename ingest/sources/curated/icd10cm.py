"""ICD-10-CM's tabular list in the XML of the CDC (https://www.cdc.gov/nchs/icd/icd-10-cm/): chapters, sections, codes.

The package `simple-icd-10-cm` carries a release of it. Codes that only add an encounter (a seventh character) are not
spelt out in the list and are not made.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure
from ingest.sources.files.markup import elements, flat

EXTRACTOR = "icd10cm/1"
PACKAGE = "simple_icd_10_cm"
_TYPES = {"18": "Phenotype", "20": "Concept", "21": "Concept", "22": "Concept"}
"""By chapter: symptoms and signs, external causes, factors of contact with services, special purposes."""


def packaged() -> Path | None:
    """The list that the installed package carries; None where it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    places = (spec.submodule_search_locations or ()) if spec else ()
    return next((file for place in places for file in sorted(Path(place).glob("data/*tabular*.xml"))), None)


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then chapter by chapter the entities and what each is a kind of.

    Raises UnreadableSource, and MalformedFile where the XML breaks off.
    """
    version, begun = "", False
    for element in elements(path, ("version", "chapter")):
        if element.tag == "version":
            version = flat(element)
            continue
        if not begun:
            begun = True
            yield Source(
                "icd10cm",
                "curated",
                title="ICD-10-CM",
                version=version,
                licence="US Government work",
                language="en",
                url="https://www.cdc.gov/nchs/icd/icd-10-cm/",
            )
        yield from _chapter(path, element)


def _chapter(path: Path, chapter: etree._Element) -> Iterator[CuratedRecord]:
    number = flat(chapter.find("name"))
    type = _TYPES.get(number, "Disease")
    top = f"ICD10CM:chapter-{number}"
    yield Entity(top, type, flat(chapter.find("desc")))
    for section in chapter.iterfind("section"):
        id = f"ICD10CM:{section.get('id')}"
        yield from _kind(path, id, flat(section.find("desc")).rpartition(" (")[0], type, top)
        waiting = [(diagnosis, id) for diagnosis in section.iterfind("diag")]
        for diagnosis, parent in waiting:
            code = f"ICD10CM:{flat(diagnosis.find('name'))}"
            # A section of one code bears that code's name.
            yield from _kind(path, code, flat(diagnosis.find("desc")), type, "" if code == parent else parent)
            waiting += [(child, code) for child in diagnosis.iterfind("diag")]


def _kind(path: Path, id: str, name: str, type: str, parent: str) -> Iterator[CuratedRecord]:
    if not name or id == "ICD10CM:":
        yield Failure(str(path), id, "a code without a name")
        return
    yield Entity(id, type, name)
    if parent:
        yield Assertion.new(
            id,
            "subclass_of",
            parent,
            source="icd10cm",
            sentence=f"{id.partition(':')[2]} {name}",
            record=id.partition(":")[2],
            extractor=EXTRACTOR,
        )

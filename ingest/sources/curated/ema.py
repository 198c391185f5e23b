"""EMA's table of medicines (https://www.ema.europa.eu/en/medicines/download-medicine-data), an Excel workbook.

Of each human medicine: the substance by its non-proprietary name, or the substances in it, the brand as one of its
names, and the ATC class; of one that is authorised also what it is for, read from the text of its indication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from graph.model import Assertion, Entity, Name, Source
from ingest.errors import MalformedFile
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.atc import CODE, classes
from ingest.sources.curated.drug_names import DrugNames, known
from ingest.sources.curated.ema_indications import conditions, indications
from ingest.sources.files.workbook import sheet
from text.drug_names import ingredients
from text.names import normalise

EXTRACTOR = "ema/4"
_COLUMNS = {
    "category": "Category",
    "brand": "Name of medicine",
    "record": "EMA product number",
    "status": "Medicine status",
    "substance": "International non-proprietary name (INN) / common name",
    "atc": "ATC code (human)",
    "date": "Last updated date",
}
_INDICATION = "Therapeutic indication"
"""A column that some exports lack."""
# `Output automatically generated …: 27/10/2025 - 06:13`, in the first row.
_MADE = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, the substances with their brands, then what class each is in. The table is held in memory.

    Raises UnreadableSource, and MalformedFile for a workbook that cannot be read.
    """
    made = _MADE.search(" ".join(next(sheet(path), ())))
    yield Source(
        "ema-medicines",
        "curated",
        title="European Medicines Agency, medicines",
        version=f"{made[3]}-{made[2]}-{made[1]}" if made else "",
        licence="EMA terms: reuse with attribution",
        language="en",
        url="https://www.ema.europa.eu",
    )
    names = known()
    substances: dict[str, tuple[str, dict[Name, None]]] = {}
    stated: list[tuple[str, dict[str, str]]] = []
    stated_of: dict[tuple[str, str], str] = {}
    uses: list[tuple[str, dict[str, str]]] = []
    for number, cells in _medicines(path):
        name = cells["substance"].replace(";", " / ")
        if not name or not cells["brand"] or not cells["record"]:
            yield Failure(str(path), f"row {number}", "a medicine without name, substance or product number")
            continue
        id = _id(name, names)
        brands = substances.setdefault(id, (name, {}))[1]
        if normalise(cells["brand"]) != normalise(name):
            brands[Name(cells["brand"], "en")] = None
        if CODE.fullmatch(cells["atc"]):
            stated.append((id, cells))
        if cells["status"].lower() == "authorised" and cells["indication"]:
            uses.append((id, cells))
    held: dict[str, Entity] = {}
    for id, (name, brands) in substances.items():
        yield Entity(id, "Drug", names.names.get(id, name), tuple(brands))
        for part in name.split(" / ") if " / " in name and id not in names.same else ():
            one = _id(part, names)
            held.setdefault(one, Entity(one, "Drug", names.names.get(one, part)))
            stated_of[id, one] = name
    yield from (entity for id, entity in held.items() if id not in substances)
    for (id, one), name in stated_of.items():
        yield Assertion.new(
            id,
            "has_ingredient",
            one,
            source="ema-medicines",
            sentence=name,
            record=f"{id} {one}",
            extractor=EXTRACTOR,
        )
    yield from _classed(stated)
    yield from _uses(uses)


def _classed(medicines: Sequence[tuple[str, dict[str, str]]]) -> Iterator[Entity | Assertion]:
    """Which class each substance is of, once for each medicine with it, with the status of that."""
    declared: set[str] = set()
    for id, cells in medicines:
        yield from classes(cells["atc"], "ema-medicines", declared, EXTRACTOR)
        kept = {"status": cells["status"].lower(), "date": "-".join(reversed(cells["date"].split("/")))}
        yield Assertion.new(
            id,
            "subclass_of",
            f"ATC:{cells['atc'][:5]}",
            source="ema-medicines",
            sentence=" · ".join(cells[key] for key in ("brand", "record", "status", "substance", "atc", "date")),
            qualifiers={key: value for key, value in kept.items() if value},
            record=cells["record"],
            extractor=EXTRACTOR,
        )


def _uses(medicines: Sequence[tuple[str, dict[str, str]]]) -> Iterator[Entity | Assertion]:
    """What each substance is authorised for, by the oldest medicine whose text says so, with that sentence."""
    named = conditions() if medicines else {}
    declared: set[str] = set()
    stated: set[tuple[str, str, str, str]] = set()
    for id, cells in sorted(medicines, key=lambda medicine: medicine[1]["record"]):
        for use in indications(cells["indication"], named):
            condition = use.condition
            key = (id, use.predicate, use.polarity, condition.id)
            if key in stated:
                continue
            stated.add(key)
            if condition.id not in declared:
                declared.add(condition.id)
                yield Entity(condition.id, condition.type, condition.name)
            yield Assertion.new(
                id,
                use.predicate,
                condition.id,
                source="ema-medicines",
                sentence=use.sentence,
                polarity=use.polarity,
                qualifiers={"status": cells["status"].lower(), "product": cells["brand"]},
                record=cells["record"],
                extractor=EXTRACTOR,
            )


def _id(name: str, names: DrugNames) -> str:
    """The lexicon's id of a substance by its name, with or without its salt; of several together one of their own."""
    parts = ingredients(name)
    forms = (name, *(parts[0] if len(parts) == 1 else ()))
    same = next((names.ids[norm] for form in forms if (norm := normalise(form)) in names.ids), "")
    return same or f"INN:{quote(name.lower(), safe='')}"


def _medicines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    places: dict[str, int] | None = None
    for number, cells in enumerate(sheet(path), 1):
        if places is None:
            if cells[:2] == ("Category", "Name of medicine"):
                if missing := [column for column in _COLUMNS.values() if column not in cells]:
                    raise MalformedFile(str(path), f"row {number}", f"no column {', '.join(missing)}")
                places = {key: cells.index(column) for key, column in _COLUMNS.items()}
                if _INDICATION in cells:
                    places["indication"] = cells.index(_INDICATION)
        else:
            row = {key: cells[place].strip() if place < len(cells) else "" for key, place in places.items()}
            if row["category"] == "Human":
                yield number, {"indication": ""} | row
    if places is None:
        raise MalformedFile(str(path), "", "no row with the columns Category, Name of medicine, …")

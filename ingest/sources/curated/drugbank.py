"""Names of DrugBank's drugs: a table of `drugbank_id name type groups atc_codes …`, or a JSON object of aliases by id.

The table also gives each drug its ATC classes (`atc`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from ingest.errors import MalformedFile
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.atc import CODE, classes
from ingest.sources.curated.licences import LICENCES
from ingest.sources.files.files import open_bytes, open_text
from ingest.sources.ids import curie

EXTRACTOR = "drugbank/1"
SOURCE = Source(
    "drugbank-names",
    "curated",
    title="DrugBank, names and ATC classes",
    licence=LICENCES["drugbank"].words,
    language="en",
    url="https://go.drugbank.com",
)


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then the drugs with their names; of the table `subclass_of` an ATC class, too.

    Raises UnreadableSource, and MalformedFile where JSON breaks off.
    """
    yield SOURCE
    with open_bytes(path) as file:
        aliases = file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")
    yield from _aliases(path) if aliases else _table(path)


def _aliases(path: Path) -> Iterator[CuratedRecord]:
    import ijson

    with open_bytes(path) as file:
        try:
            for number, (id, names) in enumerate(ijson.kvitems(file, ""), 1):
                drug = curie(f"DRUGBANK:{id}")
                several = [name for name in names if isinstance(name, str) and name.strip()] if drug else []
                if not several:
                    yield Failure(str(path), f"entry {number}", "not a DrugBank id with a list of names")
                else:
                    yield Entity(drug, "Drug", several[0], tuple(Name(n, "en") for n in dict.fromkeys(several[1:])))
        except (ijson.JSONError, TypeError) as error:
            raise MalformedFile(str(path), "", "not the JSON object that it begins as") from error


def _table(path: Path) -> Iterator[CuratedRecord]:
    declared: set[str] = set()
    # Descriptions are quoted and run over several lines.
    with open_text(path, newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            drug, name = curie(f"DRUGBANK:{(row.get('drugbank_id') or '').strip()}"), (row.get("name") or "").strip()
            if not drug.startswith("DRUGBANK:DB") or not name:
                yield Failure(str(path), f"entry {drug or 'without an id'}", "not a DrugBank id with a name")
                continue
            codes = [code for code in (row.get("atc_codes") or "").split("|") if CODE.fullmatch(code)]
            xrefs = tuple(f"ATC:{code}" for code in codes)
            yield Entity(drug, "Drug", name, xrefs=xrefs)
            for code in codes:
                yield from classes(code, SOURCE.id, declared, EXTRACTOR)
                yield Assertion.new(
                    drug,
                    "subclass_of",
                    f"ATC:{code[:5]}",
                    source=SOURCE.id,
                    sentence=f"{drug}\t{name}\t{code}",
                    record=f"{drug} {code}",
                    extractor=EXTRACTOR,
                )

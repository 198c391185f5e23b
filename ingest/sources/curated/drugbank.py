"""Names of DrugBank's drugs: a table of `drugbank_id name type groups atc_codes …`, or a JSON object of aliases by id.

The table also gives each drug its ATC classes (`atc`). The aliases stand in the order of the alphabet: the name is the
one that the table beside them gives the drug, or that the shipped lexicon has, else the first. They are a source of
their own, since the table names the same drugs otherwise.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from ingest.errors import MalformedFile
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.atc import CODE, alone, classes
from ingest.sources.curated.drug_names import by_name
from ingest.sources.curated.licences import LICENCES
from ingest.sources.files.files import open_bytes, open_text
from ingest.sources.ids import curie
from text.names import normalise

EXTRACTOR = "drugbank/2"
SOURCE = Source(
    "drugbank-names",
    "curated",
    title="DrugBank, names and ATC classes",
    licence=LICENCES["drugbank"].words,
    language="en",
    url="https://go.drugbank.com",
)

ALIASES = replace(SOURCE, id="drugbank-names-aliases", title="DrugBank, aliases")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then the drugs with their names; of the table `subclass_of` an ATC class, too.

    Raises UnreadableSource, and MalformedFile where JSON breaks off.
    """
    with open_bytes(path) as file:
        aliases = file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")
    yield ALIASES if aliases else SOURCE
    yield from _aliases(path) if aliases else _table(path)


def _aliases(path: Path) -> Iterator[CuratedRecord]:
    import ijson

    generic, beside = by_name(), _beside(path)
    with open_bytes(path) as file:
        try:
            for number, (id, names) in enumerate(ijson.kvitems(file, ""), 1):
                drug = curie(f"DRUGBANK:{id}")
                several = [name for name in names if isinstance(name, str) and name.strip()] if drug else []
                if not several:
                    yield Failure(str(path), f"entry {number}", "not a DrugBank id with a list of names")
                else:
                    name = _preferred(several, beside.get(drug, ""), generic)
                    yield Entity(drug, "Drug", name, tuple(Name(n, "en") for n in dict.fromkeys(several) if n != name))
        except (ijson.JSONError, TypeError) as error:
            raise MalformedFile(str(path), "", "not the JSON object that it begins as") from error


def _preferred(names: Sequence[str], beside: str, generic: Mapping[str, str]) -> str:
    if beside:
        return beside
    return min(names, key=lambda name: normalise(name) not in generic)


def _beside(path: Path) -> dict[str, str]:
    """The names of drugs in the table `drugbank-slim.tsv` beside `path`, where there is one."""
    table = next((f for f in sorted(path.parent.glob("drugbank*.tsv*")) if f.is_file()), None)
    if table is None:
        return {}
    with open_text(table, newline="") as file:
        listed = csv.DictReader(file, delimiter="\t")
        return {f"DRUGBANK:{row.get('drugbank_id')}": (row.get("name") or "").strip() for row in listed}


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
            xrefs = tuple(f"ATC:{code}" for code in codes if alone(code))
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

"""Names of DrugBank's drugs: a table of `drugbank_id name type groups atc_codes …`, or a JSON object of aliases by id.

The table also gives each drug its ATC classes (`atc`). The aliases stand in the order of the alphabet: the name is the
one that the table beside them gives the drug, or that the shipped lexicon has, else the first. They are a source of
their own, since the table names the same drugs otherwise. They are names of products, among them those of the shelf
(`Vanilla` is a hand sanitizer, so ethanol; `Pain Relief` is three drugs): a name that the shipped lexicon knows as
another drug's, one that several drugs have, and one of words that are common among all the names, is left out.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from ingest.errors import MalformedFile
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.atc import CODE, alone, classes
from ingest.sources.curated.drug_names import DrugNames, known
from ingest.sources.curated.licences import LICENCES
from ingest.sources.files.files import open_bytes, open_text
from ingest.sources.files.streamed import members_of
from ingest.sources.ids import curie
from text.names import normalise

EXTRACTOR = "drugbank/3"
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


COMMON = 3
"""A word among the aliases of so many drugs names none of them by itself."""


def _aliases(path: Path) -> Iterator[CuratedRecord]:
    names, holders, beside = known(), _holders(path), _beside(path)
    for number, (id, told) in enumerate(_entries(path), 1):
        drug = curie(f"DRUGBANK:{id}")
        several = list(dict.fromkeys(name for name in told if isinstance(name, str) and name.strip())) if drug else []
        if not several:
            yield Failure(str(path), f"entry {number}", "not a DrugBank id with a list of names")
            continue
        kept = []
        for name in several:
            if wrong := names.mistaken(drug, name, alone=True):
                yield Failure(str(path), f"entry {number}", f"a name is left out: {wrong}")
            elif _own(drug, name, holders, names):
                kept.append(name)
        known_first = min(kept or several, key=lambda name: normalise(name) not in names.ids)
        first = beside.get(drug) or names.names.get(drug) or known_first
        yield Entity(drug, "Drug", first, tuple(Name(name, "en") for name in kept if name != first))


def _entries(path: Path) -> Iterator[tuple[str, list[object]]]:
    with open_bytes(path) as file:
        for id, told in members_of(file, path):
            yield id, told if isinstance(told, list) else []


def _holders(path: Path) -> dict[str, set[str]]:
    """The drugs, at most `COMMON`, among whose aliases each word and each whole name is."""
    holders: dict[str, set[str]] = defaultdict(set)
    try:
        for id, told in _entries(path):
            for norm in {normalise(name) for name in told if isinstance(name, str)}:
                for key in {norm, *norm.split()}:
                    if len(holders[key]) < COMMON:
                        holders[key].add(f"DRUGBANK:{id}")
    except MalformedFile:
        pass  # the reading that follows says so
    return holders


def _own(drug: str, name: str, holders: dict[str, set[str]], names: DrugNames) -> bool:
    """Whether a name means this drug and no other."""
    norm = normalise(name)
    if norm in names.ids:
        return True
    words = norm.split()
    return len(holders[norm]) < 2 and not all(word.isalpha() and len(holders[word]) >= COMMON for word in words)


def _beside(path: Path) -> dict[str, str]:
    """The names of drugs in the table `drugbank-slim.tsv` beside `path`, where there is one."""
    table = next((f for f in sorted(path.parent.glob("drugbank*.tsv*")) if f.is_file()), None)
    if table is None:
        return {}
    with open_text(table, newline="") as file:
        listed = csv.DictReader(file, delimiter="\t")
        return {f"DRUGBANK:{row.get('drugbank_id')}": (row.get("name") or "").strip() for row in listed}


def _table(path: Path) -> Iterator[CuratedRecord]:
    names = known()
    declared: set[str] = set()
    # Descriptions are quoted and run over several lines.
    with open_text(path, newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            drug, name = curie(f"DRUGBANK:{(row.get('drugbank_id') or '').strip()}"), (row.get("name") or "").strip()
            if not drug.startswith("DRUGBANK:DB") or not name:
                yield Failure(str(path), f"entry {drug or 'without an id'}", "not a DrugBank id with a name")
                continue
            if wrong := names.mistaken(drug, name):
                yield Failure(str(path), f"entry {drug}", wrong)
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

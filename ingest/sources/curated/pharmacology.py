"""What drugs do to each other by class and enzyme: the tables that come with medgraph, or a user's own in their form.

Eleven tab-separated tables, told by their columns: groups and their members, enzymes, rules between groups, conditions,
allergies, products, the ATC classification, antidotes, what is to be monitored, and the tests by which it is. Several
values in a cell are separated by `|`. A drug or a group is named by its id; a circumstance that is no disease by a word
such as `pregnancy`, `age<12`, `egfr<30`, `liver:severe`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from graph.errors import SchemaViolation
from graph.model import Assertion, Entity, Name, Source
from graph.schema import check_id
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.atc import CODE, above
from ingest.sources.files.tables import Row, comments, rows
from text.names import normalise

EXTRACTOR = "pharmacology/2"
SOURCE = "medgraph-pharmacology"

SEVERITIES = ("contraindicated", "major", "moderate", "minor")
CIRCUMSTANCES: dict[str, tuple[str, str, str]] = {
    "pregnancy": ("MEDGRAPH:pregnancy", "pregnancy", "妊娠期"),
    "lactation": ("MEDGRAPH:lactation", "lactation", "哺乳期"),
    "liver": ("MEDGRAPH:liver-impairment", "impaired liver function", "肝功能不全"),
    "liver:severe": ("MEDGRAPH:liver-impairment-severe", "severely impaired liver function", "严重肝功能不全"),
}
_BOUND = re.compile(r"(age|egfr)(<|>=)(\d+)")


def shipped() -> list[Path]:
    """The tables that come with medgraph, sorted by name."""
    return sorted((Path(__file__).resolve().parents[2] / "pharmacology").glob("*.tsv"))


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then for each row what it names, where new, and what it states.

    The Source is `medgraph-pharmacology` for what is shipped; for a user's own it is what the comment `# source:` says,
    or `pharmacology-` and the name of the file. A row that names something by no id, or uses a word that is none of the
    table's, is a Failure. Raises UnreadableSource.
    """
    header = comments(path)
    source = header.get("source") or (SOURCE if path in shipped() else f"pharmacology-{path.name.partition('.')[0]}")
    yield Source(
        source,
        "curated",
        title="medgraph pharmacology" if source == SOURCE else header.get("title", ""),
        version=header.get("version", ""),
        licence=header.get("licence", ""),
        url=header.get("url", ""),
    )
    declared: dict[str, Entity] = {}
    table: _Table | None = None
    for row in rows(path):
        if isinstance(row, Failure):
            yield row
            continue
        table = table or _table(path, row, source)
        if table is None:
            yield Failure(str(path), f"line {row.number}", "columns of no table of this form")
            return
        try:
            made = list(table(row))
        except (SchemaViolation, _Wrong) as error:
            yield Failure(str(path), f"line {row.number}", str(error))
            continue
        for record in made:
            if isinstance(record, Entity):
                if declared.get(record.id) == record:
                    continue
                declared[record.id] = record
            yield record


class _Wrong(Exception):
    """Why a row gives nothing."""


_Table = Callable[[Row], Iterator[Entity | Assertion]]


def _table(path: Path, row: Row, source: str) -> _Table | None:
    """What reads the rows of a table with these columns."""
    kinds = _kinds(path)
    for columns, make in (
        (("drug", "group"), lambda row: _member(row, source, kinds)),
        (("drug", "action", "gene_id"), lambda row: _enzyme(row, source)),
        (("a", "b", "severity"), lambda row: _rule(row, source)),
        (("drug", "verdict", "condition"), lambda row: _condition(row, source)),
        (("a", "b", "risk"), lambda row: _allergy(row, source)),
        (("name", "ingredients"), lambda row: _product(row, source)),
        (("code", "drug"), lambda row: _atc(row, source)),
        (("antidote", "relation", "against"), lambda row: _antidote(row, source)),
        (("drug", "monitored_by"), lambda row: _monitored(row, source)),
        (("test", "type", "name"), _test),
        (("id", "about", "kind"), _group),
    ):
        if all(column in row.cells for column in columns):
            return make
    return None


def _kinds(path: Path) -> dict[str, str]:
    """By group its kind, as the table of groups beside this one says."""
    groups = path.with_name("groups.tsv")
    return {row["id"]: row["kind"] for row in rows(groups) if isinstance(row, Row)} if groups.is_file() else {}


def _group(row: Row) -> Iterator[Entity]:
    yield Entity(check_id(row["id"]), "Concept", _given(row, "name"), _names(row), definition=row["about"])


def _member(row: Row, source: str, kinds: dict[str, str]) -> Iterator[Entity | Assertion]:
    yield from _drug(row["drug"], row["name"])
    qualifiers = {"strength": row["strength"], "kind": kinds.get(row["group"], ""), "reference": row["reference"]}
    yield _stated(row, source, row["drug"], "has_role", row["group"], qualifiers)


def _enzyme(row: Row, source: str) -> Iterator[Entity | Assertion]:
    if row["action"] not in ("inhibits", "induces", "substrate_of"):
        raise _Wrong(f"an action that is none of inhibits, induces, substrate_of: {row['action']!r}")
    yield from _drug(row["drug"], row["name"])
    yield Entity(check_id(row["gene_id"]), "Gene", _given(row, "gene"))
    qualifiers = {key: row[key] for key in ("strength", "narrow", "activated", "reference")}
    yield _stated(row, source, row["drug"], row["action"], row["gene_id"], qualifiers)


def _rule(row: Row, source: str) -> Iterator[Entity | Assertion]:
    if row["severity"] not in SEVERITIES:
        raise _Wrong(f"a severity that is none of {', '.join(SEVERITIES)}: {row['severity']!r}")
    keys = ("severity", "kind", "mechanism", "mechanism_zh", "management", "management_zh", "reference")
    one, other = sorted((row["a"], row["b"]))
    yield _stated(row, source, one, "interacts_with", other, {key: row[key] for key in keys})


def _condition(row: Row, source: str) -> Iterator[Entity | Assertion]:
    predicate = {"contraindicated": "contraindicated_in", "caution": "cautioned_in"}.get(row["verdict"])
    if predicate is None:
        raise _Wrong(f"a verdict that is none of contraindicated, caution: {row['verdict']!r}")
    if row["drug"].startswith("MEDGRAPH:"):
        check_id(row["drug"])
    else:
        yield from _drug(row["drug"], row["name"])
    circumstance = _circumstance(row["condition"])
    if circumstance is not None:
        yield circumstance
    qualifiers = {
        "words": row["words"], "words_zh": row["words_zh"], "mechanism": row["why"], "mechanism_zh": row["why_zh"],
        "reference": row["reference"],
    }  # fmt: skip
    object = circumstance.id if circumstance else check_id(row["condition"])
    yield _stated(row, source, row["drug"], predicate, object, qualifiers)


def _circumstance(word: str) -> Entity | None:
    """One that is no disease; None for the id of a condition."""
    if word in CIRCUMSTANCES:
        id, name, zh = CIRCUMSTANCES[word]
        return Entity(id, "Concept", name, (Name(zh, "zh"),))
    if bound := _BOUND.fullmatch(word):
        what, sign, number = bound.groups()
        side = "under" if sign == "<" else "from"
        mark = "≥" if side == "from" else "<"
        if what == "age":
            name, zh = f"age {mark} {number} years", f"年龄{mark}{number}岁"
        else:
            name, zh = f"eGFR {mark} {number} mL/min/1.73 m²", f"eGFR{mark}{number}"
        return Entity(f"MEDGRAPH:{what}-{side}-{number}", "Concept", name, (Name(zh, "zh"),))
    return None


def _allergy(row: Row, source: str) -> Iterator[Entity | Assertion]:
    if row["risk"] not in ("high", "low", "none"):
        raise _Wrong(f"a risk that is none of high, low, none: {row['risk']!r}")
    one, other = sorted((row["a"], row["b"]))
    qualifiers = {
        "risk": row["risk"], "mechanism": row["words"], "mechanism_zh": row["words_zh"], "reference": row["reference"],
    }  # fmt: skip
    yield _stated(row, source, one, "cross_reacts_with", other, qualifiers)


def _product(row: Row, source: str) -> Iterator[Entity | Assertion]:
    name = _given(row, "name")
    # A product that nothing else names has no id: its name, which is its own, makes one.
    id = row["id"] or f"MEDGRAPH:product-{hashlib.blake2b(normalise(name).encode(), digest_size=6).hexdigest()}"
    yield Entity(id, "Drug", name, _names(row))
    for ingredient in _values(row["ingredients"]):
        yield _stated(row, source, id, "has_ingredient", ingredient, {})


def _atc(row: Row, source: str) -> Iterator[Entity | Assertion]:
    code = row["code"]
    if CODE.fullmatch(code):
        yield from _drug(row["drug"], row["name"])
        yield _stated(row, source, row["drug"], "subclass_of", f"ATC:{above(code)}", {"code": code})
        return
    yield Entity(check_id(f"ATC:{code}"), "Concept", _given(row, "name"), _names(row))
    if higher := above(code):
        yield _stated(row, source, f"ATC:{code}", "subclass_of", f"ATC:{higher}", {})


def _antidote(row: Row, source: str) -> Iterator[Entity | Assertion]:
    if row["relation"] not in ("reverses", "treats"):
        raise _Wrong(f"a relation that is none of reverses, treats: {row['relation']!r}")
    for id, name, zh in (("antidote", "name", "zh"), ("against", "against_name", "against_zh")):
        if row[zh]:
            # What others name in Chinese keeps the names it has.
            names = tuple(Name(value, "zh") for value in _values(row[zh]))
            yield Entity(check_id(row[id]), "Drug", _given(row, name), names)
    yield _stated(row, source, row["antidote"], row["relation"], row["against"], {})


def _monitored(row: Row, source: str) -> Iterator[Entity | Assertion]:
    yield _stated(row, source, row["drug"], "monitored_by", row["monitored_by"], {})


def _test(row: Row) -> Iterator[Entity | Assertion]:
    if row["type"] not in ("Measurement", "Procedure"):
        raise _Wrong(f"a type that is none of Measurement, Procedure: {row['type']!r}")
    yield Entity(check_id(row["test"]), row["type"], _given(row, "name"), _names(row))


def _drug(id: str, name: str) -> Iterator[Entity]:
    yield Entity(check_id(id), "Drug", name or id)


def _given(row: Row, column: str) -> str:
    if not row[column]:
        raise _Wrong(f"nothing under {column}")
    return row[column]


def _names(row: Row) -> tuple[Name, ...]:
    zh, en = (
        [Name(value, "zh") for value in _values(row["zh"])],
        [Name(value, "en") for value in _values(row["synonyms"])],
    )
    return tuple(dict.fromkeys(zh + en))


def _values(cell: str) -> list[str]:
    return [value for part in cell.split("|") if (value := part.strip())]


def _stated(row: Row, source: str, subject: str, predicate: str, object: str, qualifiers: dict[str, str]) -> Assertion:
    return Assertion.new(
        check_id(subject),
        predicate,
        check_id(object),
        source=source,
        sentence=row.line,
        qualifiers={key: value for key, value in qualifiers.items() if value},
        record=f"{subject} {predicate} {object}",
        extractor=EXTRACTOR,
    )

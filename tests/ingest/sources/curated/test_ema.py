from __future__ import annotations

from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name, Source
from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.curated import ema
from ingest.sources.detect import detect

COLUMNS = [
    "Category", "Name of medicine", "EMA product number", "Medicine status",
    "International non-proprietary name (INN) / common name", "ATC code (human)", "Last updated date",
]  # fmt: skip


def workbook(path: Path, *rows: list[str | None]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_medicines(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["Content type:", "Medicine", "made:", "03/02/2031 - 06:13"],
        list(COLUMNS),
        ["Human", "Azurol", "EMEA/H/C/900001", "Authorised", "Bluemycin", "L02AE03", "03/02/2031"],
        ["Human", "Enbrel", "EMEA/H/C/900002", "Authorised", "etanercept", None, None],
        ["Veterinary", "Moo", "EMEA/V/C/900003", "Authorised", "moomycin", None, None],
        ["Human", None, "EMEA/H/C/900004", None, None, None, None],
    )
    assert detect(path) == "ema"
    records = list(ema.read(path))
    assert isinstance(records[0], Source)
    assert records[0].version == "2031-02-03"
    assert [r for r in records if isinstance(r, Entity) and r.type == "Drug"] == [
        Entity("INN:bluemycin", "Drug", "Bluemycin", (Name("Azurol"),)),
        Entity("DRUGBANK:DB00005", "Drug", "Etanercept", (Name("Enbrel"),)),
    ]
    fact = [a for a in records if isinstance(a, Assertion)][-1]
    assert (fact.subject, fact.object, fact.record) == ("INN:bluemycin", "ATC:L02AE", "EMEA/H/C/900001")
    assert dict(fact.qualifiers) == {"status": "authorised", "date": "2031-02-03"}
    assert [f.record for f in records if isinstance(f, Failure)] == ["row 6"]


@pytest.mark.parametrize("rows", [[["a", "b"]], [COLUMNS[:4]]])
def test_a_workbook_of_other_columns(tmp_path: Path, rows: list[list[str | None]]) -> None:
    with pytest.raises(MalformedFile):
        list(ema.read(workbook(tmp_path / "a.xlsx", *rows)))


def test_a_medicine_of_several_substances_holds_each(tmp_path: Path) -> None:
    row = ["Human", "Azurenbrel", "EMEA/H/C/900005", "Authorised", "bluemycin sodium;etanercept", None, None]
    records = list(ema.read(workbook(tmp_path / "a.xlsx", list(COLUMNS), list[str | None](row))))
    both = "INN:bluemycin%20sodium%20%2F%20etanercept"
    assert [r.id for r in records if isinstance(r, Entity)] == [both, "INN:bluemycin%20sodium", "DRUGBANK:DB00005"]
    assert [(a.subject, a.predicate, a.object) for a in records if isinstance(a, Assertion)] == [
        (both, "has_ingredient", "INN:bluemycin%20sodium"), (both, "has_ingredient", "DRUGBANK:DB00005"),
    ]  # fmt: skip


def test_what_is_authorised_is_what_the_text_of_an_authorised_medicine_says(tmp_path: Path) -> None:
    columns: list[str | None] = [*COLUMNS, "Therapeutic indication"]
    text = "Treatment of gout in adults. Azurol should not be used for the treatment of asthma."
    path = workbook(
        tmp_path / "a.xlsx",
        columns,
        ["Human", "Azurol", "EMEA/H/C/900001", "Authorised", "Bluemycin", None, None, text],
        ["Human", "Azurette", "EMEA/H/C/900002", "Authorised", "Bluemycin", None, None, "Treatment of gout."],
        ["Human", "Redol", "EMEA/H/C/900003", "Refused", "Redmycin", None, None, "Treatment of obesity."],
    )
    records = list(ema.read(path))
    stated = [a for a in records if isinstance(a, Assertion)]
    assert [(a.subject, a.predicate, a.object, a.polarity, a.record) for a in stated] == [
        ("INN:bluemycin", "treats", "MESH:D006073", "affirmed", "EMEA/H/C/900001"),
        ("INN:bluemycin", "treats", "MESH:D001249", "negated", "EMEA/H/C/900001"),
    ]
    assert [a.sentence for a in stated] == [f"{part}." for part in text.rstrip(".").split(". ")]
    assert dict(stated[0].qualifiers) == {"status": "authorised", "product": "Azurol"}
    assert {e.id for e in records if isinstance(e, Entity) and e.type == "Disease"} == {"MESH:D006073", "MESH:D001249"}

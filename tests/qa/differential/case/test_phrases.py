from pathlib import Path

import pytest

from qa.differential.case import phrases as phrases_module
from qa.differential.case.phrases import capitals, phrases, written_so
from text.names import normalise


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ("拉肚子", "HP:0002014"),
        ("心口疼", "HP:0100749"),
        ("喘不上气", "HP:0002094"),
        ("tummy ache", "HP:0002027"),
        ("throwing up", "HP:0002013"),
        ("SOB", "HP:0002094"),
        ("葡萄酒色痣", "HP:0001052"),
        ("血管角质瘤", "HP:0001014"),
        ("蓝色巩膜", "HP:0000592"),
        ("放射到后背", "MEDGRAPH:finding-pain-radiating-to-the-back"),
        ("往大腿根放射", "MEDGRAPH:finding-pain-radiating-to-the-groin"),
        ("stretchy skin", "HP:0000974"),
    ],
)
def test_people_say_it_otherwise(said: str, id: str) -> None:
    assert id in phrases()[normalise(said)]


def test_every_phrase_means_some_ids() -> None:
    assert len(phrases()) > 3_000
    assert all(ids and all(":" in id for id in ids) for ids in phrases().values())


def test_an_abbreviation_counts_in_capitals() -> None:
    assert "loc" in capitals()
    assert written_so("LOC")
    assert not written_so("loc")
    assert written_so("feverish")


def test_a_phrase_stands_once_in_the_table() -> None:
    rows = _rows()
    rows_of: dict[str, set[str]] = {}
    for ids, name, *said in rows:
        for phrase in "|".join(([] if ids.startswith("-") else [name]) + said).split("|"):
            rows_of.setdefault(normalise(phrase), set()).add(ids)
    assert {phrase: ids for phrase, ids in rows_of.items() if phrase and len(ids) > 1} == {}
    assert len({ids for ids, *_ in rows}) == len(rows)


def _rows() -> list[list[str]]:
    table = Path(phrases_module.__file__).with_name("phrases.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in table.splitlines() if not line.startswith("#")][1:]

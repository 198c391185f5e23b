"""Sentences as both doors find them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.searching import Wanted
from api.sentences import sentences
from api.settings import Settings
from api.wiring import Parts

NAMES = """\
format-version: 1.2
ontology: drugs

[Term]
id: CHEBI:1
name: valproic acid
synonym: "Depakine" EXACT []
"""
RECORDS: list[dict[str, Any]] = [
    {"pmid": 1, "title": "Confusion in a girl", "year": 2001,
     "abstract": "We describe a girl with a kidney graft. "
     "After withdrawal of valproic acid all was well within 24 hours. "
     "This had lasted 12 days. Clinicians should be aware of it."},
    {"pmid": 2, "title": "Gout", "year": 2011, "abstract": "Gout is common in men."},
    {"id": "note:1", "title": "A note", "access": "ward:7", "text": "Depakine was stopped and she woke up in an hour."},
]  # fmt: skip
QUESTION = "How many hours until she was well after Depakine was stopped?"
PUBLIC = frozenset({"public"})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from api.cli import main as cli

    folder = tmp_path_factory.mktemp("sentences")
    (folder / "drugs.obo").write_text(NAMES, encoding="utf-8")
    (folder / "documents.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDGRAPH_HOME", str(folder / "home"))
        patch.setenv("MEDGRAPH_TAGGER", "dictionary")
        assert cli.main(["load", str(folder / "drugs.obo")]) == 0
        assert cli.main(["ingest", str(folder / "documents.jsonl")]) == 0
    return folder / "home"


@pytest.fixture(scope="module")
def parts(home: Path) -> Iterator[Parts]:
    with Parts(Settings(home=home)) as opened:
        yield opened


def test_the_sentence_by_another_name_of_the_drug(parts: Parts) -> None:
    ranked = sentences(parts, QUESTION, Wanted(), reader=PUBLIC, access=PUBLIC, k=3).sentences
    assert ranked[0].text == "After withdrawal of valproic acid all was well within 24 hours."
    assert (ranked[0].document, ranked[0].year, ranked[0].title) == ("PMID:1", 2001, "Confusion in a girl")
    whole = parts.passages().text("PMID:1", access=PUBLIC)
    assert whole[ranked[0].start : ranked[0].end] == ranked[0].text
    assert len(ranked) == 3


def test_what_leans_on_a_sentence_brings_it(parts: Parts) -> None:
    ranked = sentences(parts, QUESTION, Wanted(), reader=PUBLIC, access=PUBLIC, k=20).sentences
    (one,) = (one for one in ranked if one.text.startswith("This had"))
    assert one.context == "After withdrawal of valproic acid all was well within 24 hours."


def test_a_reader_finds_the_sentences_that_he_may_see(parts: Parts) -> None:
    ward = frozenset({"ward:7"})
    ranked = sentences(parts, QUESTION, Wanted(), reader=ward, access=ward, k=20).sentences
    assert {one.document for one in ranked} == {"note:1"}
    assert {one.document for one in sentences(parts, QUESTION, Wanted(), reader=None, access=None, k=50).sentences} == {
        "PMID:1", "PMID:2", "note:1",
    }  # fmt: skip


def test_why_nothing_was_found(parts: Parts) -> None:
    none = sentences(parts, QUESTION, Wanted(year_from=2020), reader=PUBLIC, access=PUBLIC, k=3)
    assert none.sentences == []
    assert [one.part for one in none.unmet] == ["years"]


def test_the_command_prints_a_sentence_and_where_it_stands(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from api.cli import main as cli

    monkeypatch.setenv("MEDGRAPH_HOME", str(home))
    assert cli.main(["search", QUESTION, "--sentences", "--k", "1", "--explain"]) == 0
    printed = capsys.readouterr().out
    assert "within 24 hours." in printed
    assert "PMID:1" in printed
    assert "number has" in printed
    assert cli.main(["search", QUESTION, "--sentences", "--k", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sentences"][0]["document"] == "PMID:1"
    assert cli.main(["search", QUESTION, "--sentences", "--year-from", "2020"]) == 0
    assert "no passage is of such a year" in capsys.readouterr().out

"""Collections as they are given: with and without headings, packed, in TREC's columns; and lines that are not so."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.retrieval.collection import documents, judgements, queries, survey
from ingest.errors import MalformedFile, UnreadableSource


def written(path: Path, *records: dict[str, Any] | str) -> Path:
    text = "".join((one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n" for one in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_a_document_is_its_title_and_its_text(tmp_path: Path) -> None:
    path = written(
        tmp_path / "corpus.jsonl.gz",
        {"_id": "1", "title": "Gout", "text": "Colchicine relieves gout.", "metadata": {"url": "x"}},
        "",
        {"_id": 2, "text": "头痛患者可以服用布洛芬。"},
    )
    first, second = documents(path)
    assert (first.id, first.title, first.text, first.language) == (
        "1",
        "Gout",
        "Gout\nColchicine relieves gout.",
        "en",
    )
    assert (second.id, second.title, second.text, second.language) == ("2", "", "头痛患者可以服用布洛芬。", "zh")


def test_empty_and_repeated_documents_are_counted_and_left_out(tmp_path: Path) -> None:
    path = written(
        tmp_path / "corpus.jsonl",
        {"_id": "1", "title": "", "text": " "},
        {"_id": "2", "text": "One."},
        {"_id": "2", "text": "Two."},
        {"_id": "3", "title": "Three"},
    )
    surveyed = survey(path)
    assert (surveyed.empty, surveyed.repeated, set(surveyed.ids)) == (1, 1, {"1", "2", "3"})
    assert [(one.id, one.text) for one in documents(path)] == [("2", "One."), ("3", "Three")]


def test_the_hash_is_over_what_the_documents_say(tmp_path: Path) -> None:
    record = {"_id": "1", "title": "Gout", "text": "A text."}
    packed = survey(written(tmp_path / "a.jsonl.gz", record)).hash
    assert survey(written(tmp_path / "a.jsonl", {**record, "metadata": 1})).hash == packed
    assert survey(written(tmp_path / "b.jsonl", {**record, "text": "Another text."})).hash != packed


def test_judgements_come_with_headings_without_and_from_trec(tmp_path: Path) -> None:
    wanted = {"q1": {"d1": 2, "d2": 0}, "q 2": {"d1": 1}}
    rows = ("q1\td1\t2", "q1\td2\t0", "q 2\td1\t1")
    assert judgements(written(tmp_path / "bare.tsv", *rows)) == wanted
    assert judgements(written(tmp_path / "headed.tsv.gz", "query-id\tcorpus-id\tscore", *rows)) == wanted
    assert judgements(written(tmp_path / "trec.txt", "q1 0 d1 2", "q1 0 d2 0", "q2 0 d1 1.0")) == {
        "q1": wanted["q1"],
        "q2": {"d1": 1},
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: not a JSON object"),
        ('{"text": "x"}', "line 2: no _id"),
        ('{"_id": true, "text": "x"}', "line 2: no _id"),
        ('{"_id": " ", "text": "x"}', "line 2: an _id that is empty"),
        ('{"_id": "7", "text": ["x"]}', "line 2: text is no string"),
    ],
)
def test_a_bad_line_is_named(line: str, told: str, tmp_path: Path) -> None:
    path = written(tmp_path / "some.jsonl", {"_id": "1", "text": "x"}, line)
    for read in (survey, queries):
        with pytest.raises(MalformedFile, match=told) as error:
            read(path)
        assert str(path) in str(error.value)


@pytest.mark.parametrize("line", ["q1\td1", "q1\td1\tmuch", "q1\td1\t0.5", "q1\td1\tnan", "q1\t\t1", "a b c d 1"])
def test_a_bad_judgement_is_named(line: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedFile, match="line 3"):
        judgements(written(tmp_path / "qrels.tsv", "query-id\tcorpus-id\tscore", "q1\td1\t1", line))


def test_a_first_line_that_is_no_heading_is_named_too(tmp_path: Path) -> None:
    with pytest.raises(MalformedFile, match="line 1"):
        judgements(written(tmp_path / "qrels.tsv", "q1\td1\t0.5", "q1\td1\t1"))


def test_two_queries_of_one_id_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "queries.jsonl", {"_id": "1", "text": "x"}, {"_id": 1, "text": "y"})
    with pytest.raises(MalformedFile, match="line 2"):
        queries(path)


def test_files_that_hold_nothing_or_are_not_there(tmp_path: Path) -> None:
    blank = written(tmp_path / "blank", "", " ")
    for read in (survey, queries, judgements):
        with pytest.raises(MalformedFile, match="holds no"):
            read(blank)
        with pytest.raises(UnreadableSource):
            read(tmp_path / "none")


def test_half_characters_become_question_marks(tmp_path: Path) -> None:
    path = written(tmp_path / "corpus.jsonl", '{"_id": "1", "text": "half \\ud83d of one"}')
    assert [one.text for one in documents(path)] == ["half ? of one"]

"""What is tagged: names, texts and given mentions as the inputs have them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import UnreadableSource
from ingest.jobs.incoming import Incoming, Item, Passed, incoming, signature
from ingest.model import Annotation, Failure


def lines(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def only(path: Path, format: str | None = None) -> Incoming:
    (item,) = incoming(path, format)
    assert isinstance(item, Incoming), item
    return item


def names(items: list[Item]) -> list[Any]:
    return [item.name if isinstance(item, Incoming) else type(item).__name__ for item in items]


@pytest.mark.parametrize("name", ["dev-1", 7, "007", 0, "PMID:7", "a b|c", "糖"])
def test_an_object_keeps_its_name_and_its_text_to_the_letter(tmp_path: Path, name: Any) -> None:
    text = "  \tGout\r\n\u202eis😀 \n "
    item = only(lines(tmp_path / "in.jsonl", {"id": name, "text": text}))
    assert (item.name, item.document.text) == (name, text)


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_text_is_a_document(tmp_path: Path, text: str) -> None:
    item = only(lines(tmp_path / "in.jsonl", {"id": "a", "text": text}))
    assert (item.name, item.document.text) == ("a", text)


def test_title_and_abstract_are_joined_by_a_line_feed(tmp_path: Path) -> None:
    item = only(lines(tmp_path / "in.jsonl", {"pmid": 7, "title": "A title", "abstract": "It says."}))
    assert (item.name, item.document.text) == (7, "A title\nIt says.")


def test_what_is_wrong_with_a_line_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "in.jsonl", {"id": 1, "text": "a"}, {"id": 2}, [], {"id": 3, "text": 4}, {"id": 1, "text": "b"}
    )
    with path.open("a") as file:
        file.write('{"id": 9, "te')
    found = list(incoming(path))
    assert names(found) == [1, "Failure", "Failure", "Failure", 1, "Failure"]
    assert [item.record for item in found if isinstance(item, Failure)] == ["line 2", "line 3", "line 4", "line 6"]


def test_an_object_brings_its_mentions(tmp_path: Path) -> None:
    mentions = [
        {"start": 6, "end": 11, "text": "renal", "type": "disease", "id": "D1234567|OMIM:1"},
        {"start": 0, "end": 5, "type": "Chemical", "id": None},
    ]
    item = only(lines(tmp_path / "in.jsonl", {"id": 1, "text": "heart renal", "mentions": mentions}))
    assert item.document.annotations == (
        Annotation(0, 5, "heart", "Chemical", ""),
        Annotation(6, 11, "renal", "disease", "MESH:D1234567"),
        Annotation(6, 11, "renal", "disease", "OMIM:1"),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        5, ["a"], [{"start": 0, "end": 9, "type": "T"}], [{"start": 2, "end": 2, "type": "T"}],
        [{"start": -1, "end": 2, "type": "T"}], [{"start": True, "end": 2, "type": "T"}], [{"start": 0, "end": 2}],
        [{"start": 0, "end": 2, "type": "T", "text": "xx"}], [{"start": 0, "end": 2, "type": "T", "id": 5}],
    ],
)  # fmt: skip
def test_mentions_that_do_not_stand_there_are_a_failure(tmp_path: Path, wrong: Any) -> None:
    (failure,) = incoming(lines(tmp_path / "in.jsonl", {"id": 1, "text": "abcd", "mentions": wrong}))
    assert isinstance(failure, Failure)
    assert failure.record == "line 1"
    assert "mention" in failure.reason


def test_a_text_is_that_of_its_file_to_the_letter(tmp_path: Path) -> None:
    text = "\n  A letter.\r\nGout?\n\n"
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8", newline="")
    (tmp_path / "page.md").write_text("\n# Title\n\ntext\n", encoding="utf-8", newline="")
    assert (only(tmp_path / "letter.txt").name, only(tmp_path / "letter.txt").document.text) == ("letter.txt", text)
    assert only(tmp_path / "page.md").document.text == "\n# Title\n\ntext\n"
    assert only(tmp_path / "page.md", "text").document.text == "\n# Title\n\ntext\n"


@pytest.mark.parametrize("content", [b"", b"a\x00b", b"a\xff"])
def test_what_is_no_text_is_a_failure(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    (failure,) = incoming(tmp_path / "a.txt", "text")
    assert isinstance(failure, Failure)


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "1.txt").write_text("Gout.")
    (tmp_path / "in.pubtator").write_text("7|t|Gout.\n7|a|\n\n7|t|Again.\n7|a|\n")
    (tmp_path / "odd.bin").write_bytes(b"\x00\x01")
    assert names(list(incoming(tmp_path))) == ["7", "7", "notes/1.txt", "Failure"]


def test_a_withdrawal_is_passed(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<PubmedArticleSet><DeleteCitation><PMID>7</PMID></DeleteCitation></PubmedArticleSet>")
    assert list(incoming(path)) == [Passed(str(path))]


def test_a_file_alone_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "odd.bin").write_bytes(b"\x00\x01")
    (tmp_path / "a.obo").write_text("format-version: 1.2\n")
    for name, reason in (("odd.bin", "no known format"), ("none", "no such file"), ("a.obo", "no format of documents")):
        with pytest.raises(UnreadableSource, match=reason):
            signature(tmp_path / name)
        with pytest.raises(UnreadableSource, match=reason):
            list(incoming(tmp_path / name))


def test_a_signature_tells_inputs_apart(tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", {"id": 1, "text": "a"})
    before = signature(path)
    assert signature(path) == before
    lines(path, {"id": 1, "text": "ab"})
    assert signature(path) != before
    assert signature(tmp_path) != signature(path)

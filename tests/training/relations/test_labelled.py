"""Documents labelled by their places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import MalformedFile
from training.relations.labelled import LABELLED, labelled

TEXT = "Zantol caused hives."


def row(**other: Any) -> dict[str, Any]:
    return {
        "document": "PMID:1",
        "corpus": "bc5cdr",
        "entities": [["Chemical", "MESH:C1"], ["Disease", "MESH:D1"]],
        "mentions": [[0, 6, 0], [14, 19, 1]],
        "gold": [[0, 1, "CID"]],
        **other,
    }


def table(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "labelled.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def test_a_document_is_read_from_its_places(tmp_path: Path) -> None:
    path = table(tmp_path, row(), row(document="PMID:2"))
    (one,) = labelled(path, {"PMID:1": TEXT})
    assert [(m.surface, m.type, m.entity) for m in one.mentions] == [
        ("Zantol", "Chemical", "MESH:C1"), ("hives", "Disease", "MESH:D1")
    ]  # fmt: skip
    assert one.corpus == "bc5cdr"
    assert one.gold == {("MESH:C1", "MESH:D1", "CID")}


@pytest.mark.parametrize(
    "wrong",
    [
        {"mentions": [[0, 99, 0]]},
        {"mentions": [[0, 6, -1]]},
        {"gold": [[0, 7, "CID"]]},
        {"gold": [[-1, 0, "CID"]]},
        {"entities": [["Gene"]]},
    ],
)
def test_a_row_that_fits_no_text_is_refused_by_its_line(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(MalformedFile, match="line 2"):
        labelled(table(tmp_path, row(), row(**wrong)), {"PMID:1": TEXT})


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    with pytest.raises(MalformedFile, match=r"labelled\.jsonl"):
        labelled(path, {})
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(MalformedFile, match="UTF-8"):
        labelled(path, {})


def test_what_is_shipped_is_whole() -> None:
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    texts = {one["document"]: " " * max(end for _, end, _ in one["mentions"]) for one in rows}
    examples = labelled(LABELLED, texts)
    assert len(examples) == len(rows) > 300
    assert {label for example in examples for *_, label in example.gold} >= {"CID"}

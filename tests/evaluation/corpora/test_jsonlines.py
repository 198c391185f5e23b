"""Annotations in JSON lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.corpora.jsonlines import read
from ingest.errors import MalformedFile


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": True, "mentions": []}, "an id that is neither"),
        ({"id": 1, "mentions": 5}, "mentions is no list"),
        ({"id": 1, "mentions": [{"start": True, "end": 2, "type": "Gene"}]}, "a mention without offsets"),
        ({"text": "ab", "mention_data": [{"offset": "0", "type": "Gene"}]}, "a mention that is no string"),
        ({"id": 1, "mentions": [], "relations": [{"subject": "a"}]}, "a relation without subject"),
    ],
)
def test_a_line_of_another_shape_is_told(tmp_path: Path, fields: dict[str, Any], reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n" + json.dumps(fields), encoding="utf-8")
    with pytest.raises(MalformedFile, match=f"line 2: {reason}"):
        list(read(path))

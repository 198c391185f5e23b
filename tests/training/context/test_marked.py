from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import MalformedFile
from training.context import marked
from training.context.templates import Example


def test_sentences_with_one_mention_but_for_those_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(
        "split\tlanguage\tpolarity\tcertainty\tsentence\n"
        "dev\ten\tnegated\tcertain\tNo [dry cough] now.\n"
        "test\ten\tnegated\tcertain\tNo [fever].\n"
        "dev\tzh\taffirmed\thistorical\t既往[哮喘]。\n",
        encoding="utf-8",
    )
    assert marked.read(path) == [
        Example("No dry cough now.", 3, 12, "en", True, False),
        Example("既往哮喘。", 2, 4, "zh", False, True),
    ]


def test_a_note_with_several(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("split\tlanguage\tnote\ndev\ten\tNo [fever|n].\\n[Cough|a], old [stroke|h]\n", encoding="utf-8")
    examples = marked.read(path)
    assert {example.text for example in examples} == {"No fever.\nCough, old stroke"}
    assert [(e.text[e.start : e.end], e.negated, e.historical) for e in examples] == [
        ("fever", True, False),
        ("Cough", False, False),
        ("stroke", False, True),
    ]


def test_a_sentence_without_a_mention_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(
        "split\tlanguage\tpolarity\tcertainty\tsentence\ndev\ten\tnegated\tcertain\tNone.\n", encoding="utf-8"
    )
    with pytest.raises(MalformedFile, match="line 2"):
        marked.read(path)

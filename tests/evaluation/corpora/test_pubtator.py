"""Gold annotations in PubTator text."""

from __future__ import annotations

from pathlib import Path

from evaluation.corpora.annotated import Mark, Pair
from evaluation.corpora.pubtator import read


def test_a_document_ends_where_another_is_named_and_its_text_may_come_last(tmp_path: Path) -> None:
    path = tmp_path / "a.pubtator"
    path.write_text("7\t0\t1\tA\tGene\tX:1\n7|t|A b\n8\tBind\tX:2\tX:1\n", encoding="utf-8")
    first, second = (draft.done() for draft in read(path))
    assert (first.name, first.text, first.marks) == ("7", "A b\n", (Mark(0, 1, "Gene", frozenset({"X:1"})),))
    assert (second.name, second.pairs) == ("8", frozenset({Pair("X:1", "X:2", "Bind")}))

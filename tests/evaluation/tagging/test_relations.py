"""Relations at document level."""

from __future__ import annotations

from evaluation.corpora.annotated import Annotated, Pair
from evaluation.score import MICRO
from evaluation.tagging.relations import related


def document(*pairs: tuple[str, str, str]) -> dict[str, Annotated]:
    return {"1": Annotated("1", "", (), frozenset(Pair(*pair) for pair in pairs))}


def test_predicates_of_the_graph_count_as_the_kinds_they_say() -> None:
    gold = document(("a", "b", "CID"))
    counts = related(gold, document(("a", "b", "causes"), ("a", "c", "treats")))
    assert counts.typed.scores()[MICRO].f1 == counts.pairs.scores()[MICRO].f1 == 1.0
    assert counts.other == 1


def test_an_association_counts_as_a_pair_of_no_kind() -> None:
    counts = related(document(("a", "b", "Bind")), document(("a", "b", "associated_with")))
    assert counts.pairs.scores()[MICRO].tp == 1
    assert counts.typed.scores()[MICRO].tp == 0

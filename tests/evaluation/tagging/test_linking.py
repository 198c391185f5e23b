"""Links at the places that both sides mark."""

from __future__ import annotations

from evaluation.corpora.annotated import Annotated, Mark
from evaluation.score import MICRO
from evaluation.tagging.linking import concepts, linked, mentions


def document(*ids: str) -> dict[str, Annotated]:
    marks = [Mark(at, at + 1, "Gene", frozenset(id.split("|")) if id else frozenset()) for at, id in enumerate(ids)]
    return {"1": Annotated("1", "", tuple(marks))}


def test_links_are_counted_at_the_places_of_both() -> None:
    gold, pred = document("a", "b", "a|b", ""), document("a", "", "a|b", "c")
    links = linked(gold, pred, ("Gene",)).links()[MICRO]
    assert (links.gold, links.found, links.linked, links.right) == (3, 3, 2, 2)
    assert (links.composite_found, links.composite_right, links.unlinkable, links.unlinkable_linked) == (1, 1, 1, 1)
    assert (links.accuracy, links.coverage, links.precision) == (2 / 3, 2 / 3, 1.0)
    of_mentions, of_concepts = (count(gold, pred, ("Gene",)).scores()[MICRO] for count in (mentions, concepts))
    assert (of_mentions.tp, of_mentions.fp, of_mentions.fn) == (2, 1, 1)
    assert (of_concepts.tp, of_concepts.fp, of_concepts.fn) == (2, 1, 0)

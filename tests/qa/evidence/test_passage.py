"""A passage as evidence."""

from __future__ import annotations

from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Ranking


def test_a_passage_is_one_with_what_stands_at_its_place() -> None:
    ranking = Ranking(query="q", place=1, words=1, meaning=None, reading=None, cosine=None)
    one = PassageEvidence("E1", "PMID:1", "Title", "", "Text.", 3, 8, (), 0.5, ranking)
    assert (one.kind, one.place) == ("passage", ("PMID:1", 3, 8))

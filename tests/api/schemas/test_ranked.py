"""A ranking in the words of the doors."""

from __future__ import annotations

from api.schemas.ranked import Shaped
from graph.model import Entity, Name
from qa.differential.matrix import UNTOLD
from qa.differential.model import Candidate, Case, Explained, Finding, Ranking


def test_a_ranking_is_told_in_the_language_asked_for() -> None:
    ranking = Ranking(
        Case(observed=(Finding("fever", ("HP:1",)), Finding("rash", ("HP:2",)))),
        (
            Candidate(
                "X:1", ("X:1",), "One", 0.5, 2.0, 0.0, explained=(Explained(0, 12.34, "HP:1"), Explained(1, 0.01))
            ),
        ),
        0.5,
    )
    entities = {"X:1": Entity("X:1", "Disease", "One", (Name("一", "zh"),))}
    body = Shaped("zh", entities, {}, {}).body(ranking, ())
    (one,) = body.candidates
    assert (one.name, body.other) == ("一", 0.5)
    assert [(each.finding, each.ratio, each.frequency) for each in one.explained] == [("fever", 12.3, UNTOLD)]
    assert [each.finding for each in one.unexplained] == ["rash"]


def test_what_is_not_listed_is_something_else() -> None:
    one = Candidate("X:1", ("X:1",), "One", 0.25, 2.0, 0.0)
    body = Shaped("en", {}, {}, {}).body(Ranking(Case(), (one,), 0.01), ())
    assert (body.candidates[0].probability, body.other) == (0.25, 0.75)

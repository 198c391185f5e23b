"""How lists, chains and frequencies read."""

from __future__ import annotations

from graph.model import Assertion
from qa.evidence.telling import arrows, following, frequencies, listing
from qa.evidence.wording import Words


def row(subject: str, predicate: str, object: str) -> Assertion:
    return Assertion(
        id=f"{subject}{object}", subject=subject, predicate=predicate, object=object, source="s", sentence="s"
    )


def test_a_chain_is_drawn_with_its_directions() -> None:
    rows = [row("D", "inhibits", "G"), row("P", "associated_with", "G"), row("X", "causes", "P")]
    drawn = arrows([Words("Drug"), Words("Gene"), Words("Process"), Words("Disease")], rows, ["D", "G", "P", "X"])
    assert drawn.en.startswith("Drug —[inhibits]→ Gene —[")
    assert drawn.en.endswith("Process ←[causes]— Disease")


def test_a_range_is_told_with_all_values_and_placebo_apart() -> None:
    told = frequencies(["16%", "28.6%", "2%-30%"], ["16%", "28.6%", "2–30%"], ["10%"])
    assert told.en == "from 2% to 30%, depending on the trial; 16%, 28.6%, 2%-30%; with placebo: 10%"
    assert told.zh.endswith("安慰剂组：10%")
    assert frequencies([], [], []).en == "how often is not stated"


def test_a_long_list_says_how_many_more() -> None:
    names = [Words(f"n{number}") for number in range(42)]
    piece = listing("for", Words("Gout", "痛风"), names, ())
    assert piece.said("en").startswith("For Gout: n0, n1")
    assert "and 2 more" in piece.said("en")
    assert "另有2项" in piece.said("zh")


def test_what_one_statement_says_follows_from_nothing_else() -> None:
    assert following(()) == Words()

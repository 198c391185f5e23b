from __future__ import annotations

from graph.model import Entity, Name, Source
from qa.evidence.interacting import explained, graded, names, pairs, search, together
from qa.evidence.wording import Words

A, B = Words("Warfarin", "华法林"), Words("Aspirin", "阿司匹林")
BOOK = Source("book", "curated", title="The Book", version="7", licence="CC-BY-NC-4.0")


def test_two_drugs_in_both_languages() -> None:
    assert together((A, B), "en") == "Warfarin with Aspirin"
    assert together((A, B), "zh") == "华法林与阿司匹林"
    assert names(Entity("X:1", "Drug", "Warfarin", (Name("华法林", "zh"),))) == A


def test_a_severity_that_nobody_states_is_said_not_to_be() -> None:
    assert graded("major", "en") == "major"
    assert graded("major", "zh") == "严重"
    assert "how severe is not" in graded("unknown", "en")


def test_mechanism_and_what_to_do_follow_as_far_as_they_are_there() -> None:
    assert (
        explained(Words("It adds up.", "叠加。"), Words("Stop."), "en") == ". Mechanism: It adds up. What to do: Stop"
    )
    assert explained(Words("It adds up.", "叠加。"), Words(), "zh") == "。机制：叠加"
    assert explained(Words(), Words(), "en") == ""


def test_a_long_row_of_pairs_says_how_many_more() -> None:
    many = [(A, Words(f"D{n}")) for n in range(8)]
    assert pairs(many, "en").endswith("Warfarin with D5 and 2 more")
    assert pairs(many, "zh").endswith("等，另有2对")


def test_a_search_in_vain_is_no_proof_and_a_closed_source_was_not_searched() -> None:
    english, chinese = search(BOOK, [(A, B)], ["Xyz"], closed=False)
    assert english == (
        "Not found in The Book 7: Warfarin with Aspirin; that is no proof of safety. "
        "Unknown name, not checked: Xyz; that is no proof of safety"
    )
    assert chinese.count("这不能证明安全") == 2
    assert "was not searched" in search(BOOK, (), (), closed=True)[0]

"""The words of the drug engine."""

from __future__ import annotations

from graph.model import Assertion, Entity
from qa.drugs.model import Drug, Pair, Statement, one_substance
from qa.evidence.severity import Severity
from qa.evidence.wording import Words


def test_words_are_those_of_the_language_or_what_there_is() -> None:
    assert [Words("a", "甲").of(language) for language in ("en", "zh")] == ["a", "甲"]
    assert (Words("a").of("zh"), Words(zh="甲").of("en")) == ("a", "甲")


def test_two_ids_are_one_substance_where_either_drug_says_so() -> None:
    entity = Entity("A:1", "Drug", "One")
    one = Drug("one", entity, frozenset({"A:1", "A:2"}), (entity,), parts=(frozenset({"A:1", "A:2"}),))
    other = Drug("two", entity, frozenset({"A:3"}), (entity,), parts=(frozenset({"A:3"}),))
    assert one_substance(one, "A:1", other, "A:2")
    assert one_substance(other, "A:2", one, "A:1")
    assert not one_substance(one, "A:1", other, "A:3")


def test_a_source_that_grades_twice_counts_by_its_worse() -> None:
    pair = Pair(0, 1, (_stated("s", "minor"), _stated("s", "major"), _stated("t", "unknown")), ())
    assert dict(pair.severities) == {"s": "major"}
    assert not pair.disputed
    assert pair.severity == "major"


def _stated(source: str, severity: Severity) -> Statement:
    row = Assertion.new("A:1", "interacts_with", "A:2", source=source, sentence=severity)
    return Statement(row, severity, severity, Words(), Words())

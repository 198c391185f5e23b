from __future__ import annotations

import pytest

from graph.schema import ENTITY_TYPES, PREDICATES
from ingest.reading.relations.triggers import RULES, Rule


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_speaks_the_words_of_the_graph(rule: Rule) -> None:
    assert rule.predicate in PREDICATES
    assert rule.subjects | rule.objects <= set(ENTITY_TYPES)
    assert 0 < rule.confidence < 1
    assert "not" in rule.between.groupindex


@pytest.mark.parametrize("rule", RULES)
def test_two_names_beside_each_other_are_no_trigger(rule: Rule) -> None:
    """A rule whose trigger may be a mere joining word wants more around the two."""
    if rule.before is None and rule.after is None:
        assert not any(rule.between.match(between) for between in ("", " ", ", ", " and ", "、", "和"))

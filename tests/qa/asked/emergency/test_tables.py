import re

import pytest

from qa.asked.emergency.tables import alternatives, phrases, rows


@pytest.mark.parametrize("table", ["signs", "frames"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_pattern_holds_its_literal_and_none_matches_nothing(table: str, language: str) -> None:
    for name, these in phrases(table, language).items():
        assert these, name
        for phrase in these:
            assert phrase.pattern.search("") is None, (name, phrase.pattern.pattern)
            assert re.sub(r"\W", "", phrase.literal) in re.sub(r"\W", "", phrase.pattern.pattern)


def test_a_bar_within_brackets_parts_nothing() -> None:
    assert alternatives(r"a(?:b|c) | [|] | d\(") == ["a(?:b|c)", "[|]", r"d\("]


def test_rows_have_their_cells() -> None:
    assert {len(row) for row in rows("pictures.tsv")} == {3}
    assert {len(row) for row in rows("advice.tsv")} == {3}

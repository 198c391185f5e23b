import pytest

from qa.differential.case.carrying import states

KNOWN = ("MEDGRAPH:pregnancy", "MEDGRAPH:factor-postpartum")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("28F 34/40 pregnant, headache", ["MEDGRAPH:pregnancy"]),
        ("36/40, sudden pain", ["MEDGRAPH:pregnancy"]),
        ("孕32周，头痛", ["MEDGRAPH:pregnancy"]),
        ("31F 2/52 post C-section", ["MEDGRAPH:factor-postpartum"]),
        ("产后3天，呼吸困难", ["MEDGRAPH:factor-postpartum"]),
        ("she is not pregnant", []),
        ("pregnant? pregnancy test negative", []),
        ("her pregnant wife and pregnant sister", []),
        ("未怀孕，可能怀孕吗", []),
    ],
)
def test_states(text: str, told: list[str]) -> None:
    assert [id for *_, id in states(text, KNOWN)] == told


def test_only_what_changes_odds_here() -> None:
    assert states("pregnant", ()) == []

import pytest

from qa.differential.case.carrying import staged, states

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


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        ("34 weeks pregnant", ["late"]), ("36/40", ["late"]), ("9 weeks pregnant", ["early"]), ("孕34周", ["late"]),
        ("孕9周", ["early"]), ("妊娠8个月", ["late"]), ("third trimester pregnancy", ["late"]), ("妊娠早期", ["early"]),
        ("pregnant", []),
    ],
)  # fmt: skip
def test_how_far_a_pregnancy_is(told: str, stage: list[str]) -> None:
    (ids,) = staged({told: ("MEDGRAPH:pregnancy",)}).values()
    assert list(ids) == ["MEDGRAPH:pregnancy", *(f"MEDGRAPH:factor-{word}-pregnancy" for word in stage)]


def test_what_is_no_pregnancy_has_no_stage() -> None:
    assert staged({"12 weeks of cough": ("MEDGRAPH:factor-smoking",)}) == {
        "12 weeks of cough": ("MEDGRAPH:factor-smoking",)
    }

from __future__ import annotations

import pytest

from ingest.reading.qualifiers.change import changes, effect


def of(text: str, one: str = "alpha", other: str = "beta") -> tuple[str, str]:
    places = [[(text.index(name), text.index(name) + len(name))] if name in text else [] for name in (one, other)]
    return effect(text, changes(text), places[0], places[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alpha raises serum levels of beta", ("increases level", "other")),
        ("alpha levels fall with beta", ("decreases level", "one")),
        ("alpha potentiates beta", ("increases effect", "other")),
        ("alpha blunts the hypotensive effect of beta", ("decreases effect", "other")),
        ("beta: thiazides such as alpha reduce its renal clearance", ("decreases clearance", "other")),
        ("alpha with beta increases the risk of falls", ("increases risk of falls", "")),
        ("alpha with beta may cause hypotension", ("increases risk of hypotension", "")),
        ("alpha使beta血药浓度升高", ("increases level", "other")),
        ("alpha与beta合用，后者血药浓度降低", ("decreases level", "other")),
        ("alpha与beta合用增加低血糖风险", ("increases risk of hypoglycaemia", "")),
        ("alpha与beta合用可引起高钾血症。", ("increases risk of hyperkalaemia", "")),
        ("alpha拮抗beta", ("decreases effect", "other")),
        ("alpha must not be taken with beta", ("", "")),
        ("alpha与beta不得合用", ("", "")),
    ],
)
def test_what_one_does_to_the_other(text: str, expected: tuple[str, str]) -> None:
    assert of(text) == expected

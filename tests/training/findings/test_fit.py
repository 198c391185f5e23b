from training.findings.fit import Example, fitted, held_out

ROWS = (
    [Example({"denied": 1.0}, "no")] * 12 + [Example({"good": 1.0}, "yes")] * 12 + [Example({"open": 1.0}, "maybe")] * 6
)


def test_weights_are_for_yes_no_and_maybe() -> None:
    weights = fitted(ROWS, ridge=0.1)
    assert weights["denied"][1] > weights["denied"][0]
    assert weights["good"][0] > weights["good"][1]
    assert set(weights) == {"denied", "good", "open", "bias"}


def test_what_counts_nothing_teaches_nothing() -> None:
    plain = fitted(ROWS)
    more = fitted([*ROWS, Example({"denied": 1.0}, "yes", weight=0.0)])
    assert all(abs(a - b) < 1e-3 for name in plain for a, b in zip(plain[name], more[name], strict=True))


def test_verdicts_of_what_was_held_out() -> None:
    told = held_out(ROWS, folds=3, ridge=0.1)
    assert told[:24] == ["no"] * 12 + ["yes"] * 12

import pytest

from qa.differential.case.duration import in_hours, tempo


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ("", ""),
        ("days", "days"),
        ("for 3 days", "days"),
        ("three days", "days"),
        ("2 wk", "weeks"),
        ("6/52", "weeks"),
        ("3/7", "days"),
        ("10 min", "minutes"),
        ("half an hour", "minutes"),
        ("since last night", "hours"),
        ("since this am", "hours"),
        ("since yesterday", "days"),
        ("a few months", "months"),
        ("over a year", "years"),
        ("4 yrs", "years"),
        ("comes and goes", "episodes"),
        ("36 hours", "days"),
        ("2-3 weeks", "weeks"),
        ("两周", "weeks"),
        ("三四年", "years"),
        ("半年", "months"),
        ("40分钟", "minutes"),
        ("2小时", "hours"),
        ("昨天早上", "days"),
        ("一个半月", "weeks"),
        ("反复发作", "episodes"),
        ("十余天", "weeks"),
        ("unknown time", ""),
    ],
)
def test_a_stretch_of_time_is_a_tempo(told: str, word: str) -> None:
    assert tempo(told) == word


def test_hours_of_the_first_stretch() -> None:
    assert in_hours("fever for 2 days, cough for 3 weeks") == 48
    assert in_hours("no time") is None

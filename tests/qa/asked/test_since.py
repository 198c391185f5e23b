import pytest

from qa.asked.since import Since, since_in


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("since 2019-03-05", Since(day="2019-03-05")),
        ("since March 2019", Since(day="2019-03")),
        ("in 2015", Since(day="2015", exact=True)),
        ("自2019年3月以来", Since(day="2019-03")),
        ("since the last visit", Since(visit=True)),
        ("上次就诊以来", Since(visit=True)),
        ("over the last two years", Since(months=24)),
        ("最近三个月", Since(months=3)),
        ("比上一年", Since(months=12)),
        ("blood pressure", Since()),
    ],
)
def test_from_when_on(text: str, since: Since) -> None:
    assert since_in(text) == since
    assert bool(since_in(text)) is bool(since)

from __future__ import annotations

import pytest

from ingest.reading.qualifiers.results import result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(aOR = 1.37; p < .05)", "measure=odds ratio; value=1.37; p=<0.05"),
        ("HR 0.62, 95% CI 0.49-0.77", "measure=hazard ratio; value=0.62; interval_95=0.49 to 0.77"),
        ("relative risk of 2.1", "measure=risk ratio; value=2.1"),
        ("an AUC of 0.91", "measure=AUC; value=0.91"),
        ("the specificity was 93.5%", "measure=specificity; value=93.5; unit=%"),
        ("5-year overall survival was 62%", "measure=5-year survival; value=62; unit=%"),
        ("median survival was 14 months", "measure=median survival; value=14; unit=months"),
        ("mortality was 8% in the early group", "measure=mortality; value=8; unit=%; group=early"),
        ("mean difference −3.2 mmHg", "measure=mean difference; value=-3.2; unit=mmHg"),
        ("五年生存率为62%", "measure=5-year survival; value=62; unit=%"),
        ("曲线下面积为0.88", "measure=AUC; value=0.88"),
        ("OR=2.15，95%CI：1.32～3.49", "measure=odds ratio; value=2.15; interval_95=1.32 to 3.49"),
        ("sensitivity 87% and specificity 90%", ""),
        ("in the OR 3 patients died", ""),
        ("AUC of 12", ""),
        ("an odds ratio was computed", ""),
        ("HR 72%", ""),
    ],
)
def test_the_one_result(text: str, expected: str) -> None:
    found = result(text)
    told = found.told if found else {}
    assert told == dict(part.split("=", 1) for part in expected.split("; ") if part)


def test_a_result_is_of_the_pair_beside_it() -> None:
    text = "Short sleep (OR 1.4), and outdoor play protects from myopia"
    found = result(text)
    assert found is not None
    sleep, play, myopia = ((text.index(w), text.index(w) + len(w)) for w in ("Short sleep", "outdoor play", "myopia"))
    assert not found.is_of(text, sleep, myopia)
    assert found.is_of(text, sleep, None)
    assert not found.is_of(text, None, None)
    assert found.is_of(text, play, myopia)

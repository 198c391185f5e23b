import json
from pathlib import Path

import pytest

from qa.errors import ModelUnavailable
from qa.verdicts.findings import Findings, Leaning, opened_in
from text.words import content_words

MODEL = Path(__file__).resolve().parents[3] / "models" / "findings"


@pytest.mark.parametrize(
    ("question", "said", "verdict"),
    [
        ("Does zinc shorten diarrhoea?", "Zinc significantly shortened diarrhoea in these children.", "yes"),
        ("Does zinc shorten diarrhoea?", "Zinc did not shorten diarrhoea in these children.", "no"),
        ("Is A as safe as B in children?", "A was as safe as B in children.", "yes"),
        ("Does A improve survival?", "A produced no increase in survival.", "no"),
        ("锌能缩短腹泻吗？", "Zinc did not shorten diarrhoea in these children.", "no"),
    ],
)
def test_conclusions_are_judged_against_the_question(question: str, said: str, verdict: str) -> None:
    judge = opened_in(MODEL)
    assert judge is not None
    words = content_words("zinc shorten diarrhoea" if "锌" in question else question)
    leaning = judge.judge(question, words, [said])
    assert leaning.verdict == verdict
    assert leaning.yes + leaning.no + leaning.maybe == pytest.approx(1.0)


def test_it_is_unclear_only_where_that_is_said() -> None:
    assert Leaning(0.6, 0.3, 0.1, open=True).verdict == "maybe"
    assert Leaning(0.6, 0.3, 0.1).verdict == "yes"
    assert Leaning(0.9, 0.05, 0.05, open=True).verdict == "yes"


def test_weights_add_up() -> None:
    judge = Findings({"bias": (0.0, 0.0, 0.0), "denied": (-2.0, 2.0, 0.0)})
    assert judge.of({"denied": 1.0}).verdict == "no"
    assert judge.of({}).yes == pytest.approx(1 / 3)


def test_weights_that_are_not_there_or_not_readable(tmp_path: Path) -> None:
    assert opened_in(tmp_path) is None
    short, strange = {"format": 1, "weights": {"bias": [1.0]}}, {"format": 2, "weights": {}}
    for text in ("{", "{}", json.dumps(short), json.dumps(strange)):
        (tmp_path / "weights.json").write_text(text, encoding="utf-8")
        with pytest.raises(ModelUnavailable):
            opened_in(tmp_path)

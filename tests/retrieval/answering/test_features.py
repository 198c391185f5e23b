import numpy as np
import pytest

from retrieval.answering.alike import terms
from retrieval.answering.asked import asked
from retrieval.answering.features import NAMES, Row, features
from retrieval.answering.model import Standing
from text.words import content_words


def row(text: str, place: int = 0, standing: Standing = "result", cosine: float = 0.0, document: int = 0) -> Row:
    return Row(text, frozenset(content_words(text)), document, place, standing, 1, cosine, cosine, cosine, 0.0)


def table(question: str, *rows: Row) -> dict[str, list[float]]:
    what = asked(question)
    matrix = features(what, terms(what, {}), rows)
    assert matrix.shape == (len(rows), len(NAMES))
    assert np.isfinite(matrix).all()
    return {name: matrix[:, column].tolist() for column, name in enumerate(NAMES)}


def test_a_rare_word_weighs_more() -> None:
    rows = [
        row("Nifedipine fell."),
        row("Nifedipine caused oedema.", 1),
        row("Oedema and nifedipine.", 2),
        row("Pain.", 3),
    ]
    words = table("nifedipine pain", *rows)["words"]
    assert words[3] > words[0] == words[1] > 0


@pytest.mark.parametrize(
    ("question", "feature", "holds", "lacks"),
    [
        ("How many patients relapsed?", "number_has", "Twelve of 40 relapsed.", "Patients relapsed (P < 0.05)."),
        ("How many bases has HCoV-229E?", "number_has", "It has 27,317 bases.", "HCoV-229E is a virus."),
        ("What percentage relapsed?", "percent_has", "30% relapsed.", "Some relapsed."),
        ("How long did it last?", "time_has", "It lasted two weeks.", "It lasted."),
        ("What dose should be started?", "dose_has", "Start with 5 mg.", "Start low."),
        ("Is A better than B?", "compared_has", "A was superior to B.", "A was given."),
        ("Does it have side effects?", "harm_has", "It was well tolerated.", "It was red."),
        ("Why does it fail?", "cause_has", "It failed because of heat.", "It failed."),
    ],
)
def test_what_is_asked_met_by_what_is_there(question: str, feature: str, holds: str, lacks: str) -> None:
    assert table(question, row(holds), row(lacks, 1))[feature] == [1.0, 0.0]
    assert table("liver", row(holds), row(lacks, 1))[feature] == [0.0, 0.0]


def test_what_is_asked_beyond_the_title_weighs_more() -> None:
    told = table(
        "nifedipine oedema",
        row("Nifedipine in old age", standing="title"),
        row("Nifedipine was given.", 1),
        row("Oedema was seen.", 2),
    )
    assert told["focus"][2] > 0.99 > 0.01 > told["focus"][1]
    assert told["focus_best"] == [0, 0, 1]


def test_a_word_that_no_sentence_holds_changes_nothing() -> None:
    rows = [row("Nifedipine caused oedema."), row("Pain.", 1)]
    assert table("nifedipine", *rows)["words"] == table("nifedipine 硝苯地平", *rows)["words"]


def test_another_scale_of_cosines_changes_nothing() -> None:
    low = table("liver", row("A.", cosine=0.1), row("B.", 1, cosine=0.3), row("C.", 2, cosine=0.2))
    high = table("liver", row("A.", cosine=0.71), row("B.", 1, cosine=0.73), row("C.", 2, cosine=0.72))
    for name in ("cosine", "cosine_here", "cosine_beyond", "cosine_apart"):
        assert low[name] == pytest.approx(high[name])


def test_what_stands_where_it_stands() -> None:
    told = table("liver", row("A.", standing="title"), row("We aimed.", 1, "aim"), row("Is it so?", 2, "conclusion"))
    assert told["title"] == [1, 0, 0]
    assert told["aim"] == [0, 1, 0]
    assert told["asks"] == [0, 0, 1]


@pytest.mark.parametrize("asks", ["Is it so?", "患者：医生说是支气管炎", "这样能吃吗", "怎么办呢。", "Q: what now"])
def test_what_asks_does_not_answer(asks: str) -> None:
    assert table("liver", row(asks), row("医生：不可以，不建议吃", 1), row("Answers are short.", 2))["asks"] == [
        1,
        0,
        0,
    ]

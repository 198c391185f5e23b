from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from text.context import weighed
from text.context.dialogue import Weights
from text.context.judge import Context
from text.context.judgement import Judgement
from text.context.rules import judge_by_rule

WEIGHTS = weighed.opened(Path(__file__).parents[3] / "models" / "context-notes" / "weights.npz")
AROUND = Context(around=WEIGHTS)


def place(text: str, word: str) -> tuple[int, int]:
    return text.index(word), text.index(word) + len(word)


def all_say(denied: float, past: float) -> Weights:
    """Weights by which every mention has the same log odds."""
    table = np.zeros((weighed.BUCKETS, 2), dtype=np.float32)
    table[weighed.ALWAYS] = denied, past
    return Weights(table, "0")


def test_a_row_holds_each_bucket_once_and_what_every_mention_has() -> None:
    text = "No fever. PMH: 1) gout, asthma"
    rows = weighed.features(text, [place(text, "fever"), place(text, "gout"), (0, len(text))], "en")
    assert len(rows) == 3
    for row in rows:
        assert len(np.unique(row)) == len(row)
        assert row.min() >= 0
        assert row.max() < weighed.BUCKETS
        assert weighed.ALWAYS in row


def test_the_words_around_a_mention_are_read_and_those_of_other_sentences_are_not() -> None:
    text = "He denies fever. He reports cough."
    (row,) = weighed.features(text, [place(text, "cough")], "en")
    for other in ("He has gout. He reports cough.", "They were ill.\nHe reports cough."):
        assert np.array_equal(row, weighed.features(other, [place(other, "cough")], "en")[0])
    (changed,) = weighed.features("He denies fever. He denies cough.", [(27, 32)], "en")
    assert not np.array_equal(row, changed)


@pytest.mark.parametrize(
    ("text", "word", "polarity", "certainty"),
    [
        ("The patient denies any chest pain or cough.", "cough", "negated", "certain"),
        ("COMPLICATIONS: None POSTOPERATIVE DIAGNOSIS: 1) Hiatal hernia 2) polyp", "polyp", "affirmed", "certain"),
        ("PAST MEDICAL HISTORY: The patient has asthma, gout and glaucoma.", "gout", "affirmed", "historical"),
        ("She gives a two-day history of fever.", "fever", "affirmed", "certain"),
        ("患者否认胸痛、心悸。", "心悸", "negated", "certain"),
        ("患者有胸痛。", "胸痛", "affirmed", "certain"),
    ],
)
def test_what_notes_say(text: str, word: str, polarity: str, certainty: str) -> None:
    (judged,) = AROUND.judge(text, [place(text, word)], "zh" if "患" in text else "en")
    assert (judged.polarity, judged.certainty) == (polarity, certainty)


def test_weights_that_say_nothing_leave_what_the_rules_found() -> None:
    text = "No fever. He has a history of gout. Cough is possible."
    spans = [place(text, word) for word in ("fever", "gout", "Cough")]
    assert Context(around=all_say(0, 0)).judge(text, spans, "en") == judge_by_rule(text, spans, "en")


def test_weights_that_are_sure_undo_a_verdict_and_say_so() -> None:
    text = "He has cough."
    (judged,) = Context(around=all_say(9, -9)).judge(text, [place(text, "cough")], "en")
    assert judged == Judgement("negated")
    assert judged.reason.startswith("the trained judge, against ")
    (judged,) = Context(around=all_say(-9, -9)).judge("No cough.", [(3, 8)], "en")
    assert judged == Judgement()
    assert judged.reason.startswith("the trained judge, against ")


def test_what_the_rules_doubt_or_ascribe_to_others_is_not_made_past() -> None:
    sure = all_say(-9, 9)
    assert Context(around=sure).judge("Possible gout.", [(9, 13)], "en")[0].certainty == "possible"
    assert Context(around=sure).judge("Her mother has gout.", [(15, 19)], "en")[0].experiencer == "family"
    assert Context(around=sure).judge("She has gout.", [(8, 12)], "en")[0].certainty == "historical"


def test_a_condition_states_nothing_that_weights_could_deny() -> None:
    (judged,) = Context(around=all_say(9, 9)).judge("Call if there is fever.", [(17, 22)], "en")
    assert judged == Judgement("affirmed", "hypothetical")


def test_what_the_layout_settled_stays() -> None:
    settled = Judgement("negated", settled=True, reason="marked")
    assert weighed.joined(settled, -9, 9) == settled
    assert weighed.joined(settled, -9, 9).reason == "marked"


def test_an_empty_span_is_what_the_rules_make_of_it() -> None:
    assert AROUND.judge("No fever.", [(3, 3)], "en") == judge_by_rule("No fever.", [(3, 3)], "en")
    assert AROUND.judge("", [(0, 0)], "en") == judge_by_rule("", [(0, 0)], "en")


def test_half_a_character_beside_a_mention_is_a_mark_like_others() -> None:
    (judged,) = AROUND.judge("\ud800 no fever.", [(5, 10)], "en")
    assert judged.polarity == "negated"


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "weights.npz", weights=np.zeros((4, 3), dtype=np.float16))
    with pytest.raises(ValueError, match="words around a mention"):
        weighed.opened(tmp_path / "weights.npz")


def test_the_version_tells_the_weights() -> None:
    assert WEIGHTS.digest in AROUND.version
    assert AROUND.version != Context().version

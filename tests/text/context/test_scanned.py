from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from text.context import weighed
from text.context.judge import Context
from text.context.scanned import Scanned
from text.context.scopes import Sentence

WEIGHTS = weighed.opened(Path(__file__).parents[3] / "models" / "context-notes" / "weights.npz")


def test_every_offset_stays_and_line_feeds_are_blanks_for_phrases_alone() -> None:
    text = "No\tFEVER’s\xa0sign.\nÄ 無發熱"
    scanned = Scanned(text, "zh")
    assert scanned.laid_out == "no\tfever's sign.\nÄ 无发热"
    assert scanned.folded == "no fever's sign. Ä 无发热"
    assert Scanned(text, "en").folded.endswith("無發熱")


def test_a_place_is_in_the_sentence_that_begins_before_it() -> None:
    scanned = Scanned("  No fever. Cough. ", "en")
    assert [scanned.index(at) for at in (0, 2, 10, 12, 19)] == [-1, 0, 0, 1, 1]
    assert scanned.sentence(1).text == "cough."
    assert scanned.sentence(1) is scanned.sentence(1)
    assert Scanned(" \n", "en").sentence(0).text == "  "


def test_rules_and_weights_look_through_a_sentence_once_for_all_its_mentions() -> None:
    text = "No fever, cough or gout. She has asthma and gout. Her mother had gout."
    spans = [(text.index(word), text.index(word) + len(word)) for word in ("fever", "cough", "asthma", "mother")]
    scans = 0

    def counted(frame: FrameType, event: str, arg: object) -> None:
        nonlocal scans
        scans += event == "call" and frame.f_code is Sentence.__init__.__code__

    context = Context(around=WEIGHTS)
    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        context.judge(text, spans, "en")
    finally:
        sys.setprofile(before)
    assert scans == 3

"""What the marks of forms and check lists say."""

from __future__ import annotations

import pytest

from text.context.forms import Form, marked


@pytest.mark.parametrize(
    ("line", "mention", "polarity"),
    [
        ("dyspnea: n, edema: y", "dyspnea", "negated"),
        ("dyspnea: n, edema: y", "edema", "affirmed"),
        ("(-) vertigo, (+) tinnitus", "vertigo", "negated"),
        ("(-) vertigo, (+) tinnitus", "tinnitus", "affirmed"),
        ("cough (+), fever (-)", "fever", "negated"),
        ("fever-, cough+", "fever", "negated"),
        ("fever-, cough+", "cough", "affirmed"),
        ("[ ] hernia", "hernia", "negated"),
        ("[x] eczema", "eczema", "affirmed"),
        ("☐ angina ☑ asthma", "angina", "negated"),
        ("cough ( ) fever (x)", "cough", "negated"),
        ("fever | no | today", "fever", "negated"),
        ("发热（-）咳嗽（+）", "发热", "negated"),
        ("发热：无", "发热", "negated"),
        # What is none of these.
        ("fever: no cough", "fever", None),
        ("nausea: n/v since monday", "nausea", None),
        ("pain (see below)", "pain", None),
        ("- fever", "fever", None),
        ("diarrhea: 5 times a day", "diarrhea", None),
        ("[ ] schedule a scan for the known hernia", "hernia", None),
        ("seizure-", "seizure", None),
    ],
)
def test_a_mark_alone_decides(line: str, mention: str, polarity: str | None) -> None:
    start = line.index(mention)
    assert marked(line, start, start + len(mention)) == polarity


@pytest.mark.parametrize("far", ["", "word " * 500], ids=["short line", "long line"])
def test_marks_of_a_line_count_within_reach_of_the_mention(far: str) -> None:
    line = f"(-) vertigo, (+) tinnitus {far}| cough ( ) fever (x) {far}| ros: + headache, - photophobia"
    form = Form(line)
    told = {word: form.marked(line.index(word), line.index(word) + len(word)) for word in ("vertigo", "tinnitus")}
    assert told == {"vertigo": "negated", "tinnitus": "affirmed"}
    if far:
        told = {word: form.marked(line.index(word), line.index(word) + len(word)) for word in ("fever", "photophobia")}
        assert told == {"fever": "affirmed", "photophobia": "negated"}


def test_a_mention_may_go_on_in_the_next_line() -> None:
    text = "(-) vertigo (+) deaf\nness, (-) tinnitus"
    form = Form(text)
    for word, polarity in (("vertigo", "negated"), ("deaf\nness", "affirmed"), ("vertigo", "negated")):
        assert form.marked(text.index(word), text.index(word) + len(word)) == polarity
    assert form.marked(text.index("tinnitus"), len(text)) == "negated"

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Given 0.5 mg i.v. daily. It helped.", ["Given 0.5 mg i.v. daily.", "It helped."]),
        ("Smith et al. found E. coli in vs. out.", ["Smith et al. found E. coli in vs. out."]),
        ("p = 0.05. and so on", ["p = 0.05. and so on"]),
        ("He had pain (see Fig. 2). She did not.", ["He had pain (see Fig. 2).", "She did not."]),
        ("患者发热。无咳嗽；有皮疹！最后", ["患者发热。", "无咳嗽；", "有皮疹！", "最后"]),
        ("It was told.[1] It helped.[2, 3]", ["It was told.[1]", "It helped.[2, 3]"]),
        (
            "It hurt.1 It helped.¹ He said pH 7.1 Fell.[^2] Fig.1 Shows it.",
            ["It hurt.1", "It helped.¹", "He said pH 7.1 Fell.[^2]", "Fig.1 Shows it."],
        ),
        ("Any rash? No. He lay in bed No. 9.", ["Any rash?", "No.", "He lay in bed No. 9."]),
        ("A title\nThe text", ["A title", "The text"]),
        ("  \n\t ", []),
        ("", []),
    ],
)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text(alphabet="ab .!?。；\n\tE中0\u200f", max_size=200))
def test_sentences_cover_the_text_in_order_without_overlap(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert not text[position:start].strip()
        assert start < end
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


def test_one_splitter_for_documents_and_excerpts() -> None:
    """A full stop after `etc` ends a sentence where a capital follows, and a line feed always does."""
    text = "Rash, cough, etc. Fever rose.\nNo. 5 was well (see Fig. 2). 咳嗽』。无热。"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Rash, cough, etc.",
        "Fever rose.",
        "No. 5 was well (see Fig. 2).",
        "咳嗽』。",
        "无热。",
    ]

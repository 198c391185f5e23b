from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.sentences import BLANKS, LONGEST, sentences


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


@pytest.mark.parametrize(
    ("piece", "ends"),
    [
        ("fever ", ""), ("fever, cough ", ","), ("fever; gout, ", ";"), ("发热，咳嗽、", "，、"), ("x", ""), ("中", ""),
        (".", "."), ("?a", ""), ("a\u0301 ", ""),
    ],
)  # fmt: skip
def test_a_sentence_that_is_too_long_is_cut_at_a_clause_or_a_blank(piece: str, ends: str) -> None:
    text = piece * (3 * LONGEST // len(piece))
    cut = sentences(text)
    assert max(end - start for start, end in cut) <= LONGEST
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in cut)
    assert "".join(text[start:end] for start, end in cut).replace(" ", "") == text.replace(" ", "")
    if " " in piece:  # no word is cut in two
        assert all(text[end : end + 1].strip() == "" for _, end in cut)
    if ends:
        assert all(text[end - 1] in ends for _, end in cut[:-1])


def test_a_long_run_of_blanks_ends_a_sentence() -> None:
    gap = " " * BLANKS
    text = f"no fever{gap}{gap}cough {gap[5:]} gout"
    assert [text[start:end] for start, end in sentences(text)] == ["no fever", f"cough {gap[5:]} gout"]
    assert len(sentences(f"no fever{gap[1:]}cough")) == 1

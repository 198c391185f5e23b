"""What every format of annotations is read into."""

from __future__ import annotations

from evaluation.corpora.annotated import Draft, Mark, Pair, anonymous


def test_a_mention_is_marked_without_the_blanks_at_its_ends() -> None:
    draft = Draft("7", "A cold day")
    assert draft.mark(1, 7, "DiseaseClass", "D1|D2", "cold", ("negated", None, None)) == ""
    assert draft.mark(2, 6, "Disease", "D3") == ""
    assert draft.done().marks == (Mark(2, 6, "Disease", frozenset({"D1", "D2", "D3"}), "negated"),)
    assert draft.misplaced == 0


def test_what_cannot_be_marked_is_told() -> None:
    draft = Draft("7", "A cold day")
    assert "offsets" in draft.mark(5, 5, "Disease", "")
    assert "offsets" in draft.mark(0, 99, "Disease", "")
    assert "type" in draft.mark(0, 1, " ", "")
    assert draft.mark(2, 6, "Disease", "", "fever") == ""
    assert draft.misplaced == 1


def test_a_pair_has_no_side() -> None:
    draft = Draft("7")
    draft.relate("CID", "D2", "D1|D3")
    assert draft.done().pairs == {Pair("D1", "D2", "CID"), Pair("D2", "D3", "CID")}
    assert anonymous("", "text") == anonymous("", "text") != anonymous("text", "")

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.jobs.split import TARGET, split
from ingest.model import Document, Section

TEXTS = st.text(alphabet="ab. \n中。；é🙂", max_size=3_000) | st.sampled_from(
    ["word " * 900, "x" * 4_000, "中文句子。" * 400, "中" * 2_000, "One sentence. " * 200]
)


def document(*texts: str) -> Document:
    names = ["title", *(f"section {n}" for n in range(1, len(texts)))]
    return Document("PMID:1", "", tuple(Section(n, t) for n, t in zip(names, texts, strict=True)))


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_passages_join_to_the_text(texts: list[str]) -> None:
    doc = document(*texts)
    passages = split(doc)
    assert "".join(p.text for p in passages) == doc.text
    position = 0
    for ordinal, passage in enumerate(passages):
        assert (passage.ordinal, passage.start) == (ordinal, position)
        assert doc.text[passage.start : passage.end] == passage.text
        position = passage.end
    assert len({p.id for p in passages}) == len(passages)


@given(TEXTS.filter(lambda text: len(text.split()) > 0 and "\n" * 50 not in text))
def test_passages_fit_the_encoder(text: str) -> None:
    blanks = max((len(run) for run in "".join("b" if c.isspace() else "x" for c in text).split("x")), default=0)
    for passage in split(document(text)):
        assert len(passage.text) <= 2 * TARGET + blanks


def test_the_title_goes_with_what_follows_and_sections_start_anew() -> None:
    doc = document("A title.", "Background. " * 40, "Methods. " * 40)
    passages = split(doc)
    assert passages[0].text.startswith("A title.\nBackground.")
    assert [p.section for p in passages] == ["section 1", "section 2"]


def test_short_sections_share_a_passage() -> None:
    assert len(split(document("A title.", "Aim.", "Methods.", "Results.", "Conclusion."))) == 1


def test_no_text_no_passage() -> None:
    assert split(document("")) == []

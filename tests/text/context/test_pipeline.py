import pytest

from text.context.pipeline import pipeline


@pytest.mark.parametrize(
    ("language", "text", "label", "words", "expected"),
    [
        ("en", "She has asthma but no fever.", "Disease", ("asthma", "fever"), ["affirmed", "negated"]),
        ("zh", "患者发热，无咳嗽。", "症状", ("发热", "咳嗽"), ["affirmed", "negated"]),
    ],
)
def test_a_spacy_document_is_judged(
    language: str, text: str, label: str, words: tuple[str, ...], expected: list[str]
) -> None:
    nlp = pipeline(language)
    doc = nlp.make_doc(text)
    spans = [doc.char_span(text.index(word), text.index(word) + len(word), label=label) for word in words]
    found = [span for span in spans if span is not None]
    doc.ents = found[:1]
    doc.spans["mentions"] = found[1:]
    doc = nlp(doc)
    assert [span._.judgement.polarity for span in (*doc.ents, *doc.spans["mentions"])] == expected
    assert [sentence.text for sentence in doc.sents] == [text]

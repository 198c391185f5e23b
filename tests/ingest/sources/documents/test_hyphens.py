from __future__ import annotations

import pytest

from ingest.sources.documents.hyphens import joined, words_of


@pytest.mark.parametrize(
    "word",
    [
        "metopro-lol", "hyper-tension", "gas-troenterology", "throm-bocytopenia", "enoxa-parin", "under-taken",
        "with-out", "anti-coagulation", "pneumo-nia", "Pneumo-nia", "insom-nia", "carci-noma", "inter-leukin",
    ],
)  # fmt: skip
def test_a_broken_word_is_one(word: str) -> None:
    before, _, after = word.partition("-")
    assert joined(f"a {before}-", f"{after} b", frozenset()) == f"a {before}{after} b"


@pytest.mark.parametrize(
    "word",
    [
        "beta-blocker", "COVID-19", "IL-6", "X-ray", "T-cell", "non-small", "long-standing", "follow-up",
        "self-reported", "EGFR-negative", "CD4-positive", "double-blind", "low-grade", "angiotensin-converting",
        "β-blocker", "pre- and", "Guillain-Barré", "calcium-channel", "12-month", "placebo-controlled",
    ],
)  # fmt: skip
def test_a_hyphen_of_the_word_stays(word: str) -> None:
    before, _, after = word.partition("-")
    assert joined(f"a {before}-", f"{after.strip()} b", frozenset()) == f"a {word} b"


def test_the_document_knows_its_words() -> None:
    assert joined("a beta-", "lactam", frozenset({"betalactam"})) == "a betalactam"
    assert joined("a sero-", "positive", frozenset({"sero-positive"})) == "a sero-positive"
    assert joined("a fever-", "reducing", words_of(["fever and reducing"])) == "a fever-reducing"
    assert joined("soft\u00ad", "ened", frozenset()) == "softened"
    assert joined("a fever (38-", "39)", frozenset()) == "a fever (38-39)"
    assert joined("fever --", "cough", frozenset()) == "fever -- cough"


def test_parts_of_broken_words_are_no_words() -> None:
    assert words_of(["The hyper-", "tension is long-standing."]) == {"the", "is", "long-standing"}

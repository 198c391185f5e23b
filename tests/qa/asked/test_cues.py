import pytest

from qa.asked.cues import near_cue


@pytest.mark.parametrize(
    ("written", "meant"),
    [("efects", "effects"), ("symtoms", "symptoms"), ("treatmant", "treatment"), ("dosege", "dosage")],
)
def test_words_of_asking_are_read_though_misspelt(written: str, meant: str) -> None:
    assert near_cue(written) == meant


@pytest.mark.parametrize("written", ["ibuprofin", "zentravil", "narcolepsey"])
def test_a_name_is_no_word_of_asking(written: str) -> None:
    assert near_cue(written) == ""

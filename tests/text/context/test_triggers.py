import pytest

from text.context.triggers import Triggers, expanded, resolved, triggers


def test_a_phrase_stands_for_its_alternatives() -> None:
    assert expanded("(no|not any) (clear |)sign ‹-›") == [
        "no clear sign (-)",
        "no sign (-)",
        "not any clear sign (-)",
        "not any sign (-)",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_is_told_in_the_legend(language: str) -> None:
    """A misspelt kind would never be asked for."""
    kinds = {"neg", "negs", "negc", "pos", "posa", "hyp", "hypc", "hist", "fam", "famh", "famn", "oth"}
    marks = {kind + mark for kind in kinds for mark in (">", "<", "<<", "<|")}
    stops = {"pseudo", "stop", "stopv", "stopn", "stoph", "stopp", "stopc"}
    phrases = triggers(language)
    for reading in ("document", "claim", "question"):
        found = {kind for trigger in phrases.find(EVERY[language], reading) for kind in trigger.kinds}
        assert found
        assert found <= marks | stops


EVERY = {
    "en": "no cough; denies rash, but does not treat gout; is not used to treat it; fever: none. mother has asthma",
    "zh": "无咳嗽，不能治疗痛风；否认皮疹，但父亲有哮喘",
}


def test_a_phrase_counts_as_it_is_read() -> None:
    phrases = Triggers("neg> no\nverb> does not treat\nstopd to treat", whole=True)

    def kinds(text: str, reading: str) -> list[frozenset[str]]:
        return [trigger.kinds for trigger in phrases.find(text, reading)]  # type: ignore[arg-type]  # literals below

    assert kinds("does not treat", "claim") == [frozenset({"neg>"})]
    assert kinds("does not treat", "document") == kinds("does not treat", "question") == [frozenset({"pseudo"})]
    assert kinds("to treat", "claim") == [frozenset({"pseudo"})]
    assert kinds("to treat", "document") == [frozenset({"stopn"})]


def test_the_longest_phrase_counts() -> None:
    phrases = Triggers("neg> no\npseudo no doubt", whole=True)
    found = phrases.find("no doubt, none", "document")
    assert [trigger.phrase for trigger in found] == ["no", "no doubt"]
    assert [trigger.phrase for trigger in resolved(found)] == ["no doubt"]

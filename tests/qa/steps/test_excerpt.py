import re

from qa.steps.excerpt import LONG, SHORT, Excerpt, excerpts
from retrieval.model import DocumentInfo, Hit, Passage

NAMES = {"aspirin": ["Aspirin", "阿司匹林"]}


def hit(text: str, section: str = "abstract") -> Hit:
    return Hit(Passage("P", "D", 0, section, 0, len(text), text), DocumentInfo("D"), 1.0)


def best(text: str, question: str = "does aspirin harm", cue: str = "", section: str = "abstract") -> Excerpt:
    (excerpt,) = excerpts([hit(text, section)], question, NAMES, re.compile(cue) if cue else None)
    return excerpt


def quoted(text: str, **options: str) -> str:
    excerpt = best(text, **options)
    return text[excerpt.start : excerpt.end]


LAB = "The laboratory was closed on every Sunday of that whole year."
HARM = "It was found that aspirin does harm the lining of the stomach."


def test_the_sentence_that_has_the_words_of_the_question() -> None:
    assert quoted(f"{LAB} {HARM}") == HARM
    assert quoted(f"{HARM} {LAB}") == HARM


def test_of_equal_sentences_the_first() -> None:
    excerpt = best(f"{HARM} {HARM}")
    assert (excerpt.start, excerpt.end) == (0, len(HARM))


def test_a_cue_decides_among_sentences_that_name_the_same() -> None:
    plain = "In this large trial aspirin was given to all of the adults."
    adverse = "In this large trial aspirin had adverse effects in adults."
    assert quoted(f"{plain} {adverse}", cue="adverse") == adverse
    assert best(f"{plain} {adverse}", cue="adverse").cued
    assert not best(plain, cue="adverse").cued


def test_a_short_sentence_takes_the_next_one_with_it() -> None:
    text = "Aspirin does harm. " + LAB
    assert len("Aspirin does harm.") < SHORT
    assert quoted(text) == text


def test_a_table_comes_last() -> None:
    table = "Aspirin harm " + "and a row of it " * (LONG // 10) + "ends."
    assert quoted(f"{HARM} {table}") == HARM
    assert quoted(f"{table} {HARM}") == HARM


def test_the_names_that_the_whole_passage_holds() -> None:
    assert best(f"{LAB} Aspirins. {LAB}").names == frozenset({"aspirin"})
    assert best("阿司匹林可以损伤胃黏膜。").names == frozenset({"aspirin"})
    assert best(LAB).names == frozenset()


def test_coverage_is_a_share() -> None:
    assert best(LAB).coverage == 0
    assert 0 < best("It does harm to many people in the big towns.").coverage < best(HARM).coverage <= 1


def test_a_passage_without_a_sentence_has_none() -> None:
    assert excerpts([hit(" \n ")], "aspirin", NAMES, None) == []

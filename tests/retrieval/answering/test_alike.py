from retrieval.answering.alike import NEARLY, OTHERWISE, Held, Term, terms
from retrieval.answering.asked import asked
from text.words import content_words


def held(question: str, sentence: str, names: dict[str, list[str]] | None = None) -> list[float]:
    return Held(terms(asked(question), names or {}), [content_words(sentence)]).shares[0]


def test_a_word_as_written() -> None:
    assert held("pericarditis", "Pericarditis was seen.") == [1.0]
    assert held("pericarditis", "Myocarditis was seen.") == [0.0]


def test_what_people_say_for_what_texts_say() -> None:
    assert held("heart attack", "Myocardial infarction occurred.") == [OTHERWISE]
    assert held("heart attack", "The heart was normal.") == [0.5]


def test_words_that_stand_for_one_word_do_not_stand_for_each_other() -> None:
    assert held("thrombus", "The blood clot was gone.") == [OTHERWISE]
    assert held("thrombus", "An embolism was seen.") == [0.0]


def test_a_slip_of_the_pen_and_a_word_of_one_root() -> None:
    assert held("nifedipne", "Nifedipine was given.") == [NEARLY]
    assert held("catheterization", "The catheter was left in place.") == [NEARLY]
    assert held("metformin", "Methadone was given.") == [0.0]
    assert held("melitus", "Diabetes mellitus.") == [NEARLY]


def test_all_names_of_what_is_asked_about() -> None:
    names = {"Depakine": ["valproic acid", "Depakine", "丙戊酸"]}
    assert held("Depakine", "Valproic acid was stopped.", names) == [1.0]
    assert held("Depakine", "An acid was found.", names) == [0.0]
    assert held("Depakine", "停用丙戊酸后好转。", names) == [1.0]
    assert terms(asked("Depakine"), names)[0].named


def test_nothing_is_held_where_nothing_is_asked() -> None:
    assert Held([], [["a"]]).shares == [[]]
    assert Held([Term(("a",))], []).shares == []

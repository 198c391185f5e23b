import numpy as np

from retrieval.answering.features import NAMES
from training.sentences.fit import Choice, fitted, folds, rank, ranks_across

WORDS, TITLE, NOISE = NAMES.index("words"), NAMES.index("title"), NAMES.index("conclusion")


def choices(count: int = 30) -> list[Choice]:
    """Questions whose answer has the most words of the question and is no title, among five sentences."""
    rng = np.random.default_rng(3)
    made = []
    for number in range(count):
        features = np.zeros((5, len(NAMES)))
        features[:, WORDS] = rng.permutation(5) / 4
        features[:, NOISE] = rng.normal(size=5)
        features[np.argmin(features[:, WORDS]), TITLE] = 1
        made.append(Choice(f"q{number}", features, features[:, WORDS] == 1))
    return made


def test_what_tells_is_learnt_and_kept_out_questions_are_answered() -> None:
    weights = fitted(choices(), 0.1)
    assert weights[WORDS] > 0 >= weights[TITLE]
    assert abs(weights[NOISE]) < weights[WORDS] / 5
    assert ranks_across(choices(), 0.1, 5) == [1] * 30


def test_a_sign_that_makes_no_sense_is_not_learnt() -> None:
    turned = [Choice(one.question, one.features, one.features[:, WORDS] == 0) for one in choices()]
    assert fitted(turned, 0.1)[WORDS] == 0


def test_ways_of_one_question_are_held_out_together() -> None:
    twice = [one for choice in choices(6) for one in (choice, choice)]
    for fold in folds(twice, 3):
        assert len({twice[i].question for i in fold}) * 2 == len(fold)


def test_an_answer_that_is_not_there_has_no_rank() -> None:
    none = Choice("q", np.zeros((3, len(NAMES))), np.zeros(3, bool))
    assert rank(none, np.ones(len(NAMES))) == 0
    assert not fitted([none, *choices()], 0.1)[NAMES.index("first")]

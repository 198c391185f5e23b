from qa.verdicts.features import features, nearest
from text.words import content_words

QUESTION = "Does zinc reduce diarrhoea?"
WORDS = content_words(QUESTION)


def test_the_sentence_nearest_to_the_question_is_found() -> None:
    place, near, share = nearest(WORDS, ["Zinc reduced diarrhoea.", "Costs were low."])
    assert (place, share) == (0, 1.0)
    assert near[0] > near[1]


def test_a_denial_counts_where_it_reaches_the_question() -> None:
    assert features(QUESTION, WORDS, ["Zinc did not reduce diarrhoea."])["denied"] == 1.0
    assert features(QUESTION, WORDS, ["Zinc reduced diarrhoea."])["denied"] == 0.0


def test_the_same_words_count_otherwise_for_another_question() -> None:
    said = ["The two were similar."]
    as_safe, better = "Is A as safe as B?", "Is A better than B?"
    assert "q_same*b_same" in features(as_safe, content_words(as_safe), said)
    assert "q_comp*b_same" in features(better, content_words(better), said)


def test_the_other_way_is_told() -> None:
    assert features(QUESTION, WORDS, ["Zinc increased diarrhoea."])["oppose"] == 1.0
    assert features(QUESTION, WORDS, ["Zinc reduced diarrhoea."])["agree"] == 1.0

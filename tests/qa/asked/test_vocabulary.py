from qa.asked.vocabulary import EVERYDAY, ORDINARY, SMALL
from text.names import normalise


def test_every_word_is_in_the_form_in_which_it_is_compared() -> None:
    for word in (*ORDINARY, *SMALL, *EVERYDAY, *EVERYDAY.values()):
        assert word == normalise(word)
    assert ORDINARY <= SMALL
    assert not ORDINARY & EVERYDAY.keys()

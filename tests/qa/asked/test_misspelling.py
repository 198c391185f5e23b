import pytest

from qa.asked.misspelling import another_form, common, is_common, otherwise_spelt, slips


@pytest.mark.parametrize(
    ("written", "nearer", "farther"),
    [
        ("metphormin", "metformin", "metergoline"),
        ("warfrin", "warfarin", "marferin"),
        ("amlodipne", "amlodipine", "nimodipine"),
        ("pnuemonia", "pneumonia", "pneumonias"),
    ],
)
def test_slips_that_people_make_are_nearer(written: str, nearer: str, farther: str) -> None:
    assert slips(written, nearer) < slips(written, farther)
    assert slips(nearer, nearer) == 0


def test_one_letter_costs_at_most_one_and_the_first_costs_more() -> None:
    assert slips("fevr", "fever") <= 1
    assert slips("bever", "fever") > 1
    assert slips("fevre", "fever") <= 1


@pytest.mark.parametrize("word", ["quickly", "running", "studies", "houses", "children"])
def test_ordinary_words_are_known(word: str) -> None:
    assert is_common(word)


def test_names_that_are_misspelt_are_not_ordinary() -> None:
    assert not is_common("ibuprofin")
    assert all(len(word) > 3 for word in common())


@pytest.mark.parametrize(
    ("british", "american"),
    [("oedema", "edema"), ("anaemia", "anemia"), ("tumour", "tumor"), ("diarrhoea", "diarrhea")],
)
def test_both_sides_of_the_atlantic(british: str, american: str) -> None:
    assert american in otherwise_spelt(british)
    assert british in otherwise_spelt(american)


@pytest.mark.parametrize(
    ("written", "other"), [("constipated", "constipation"), ("hypoglycaemics", "hypoglycemia"), ("spidery", "spider")]
)
def test_another_form_of_a_word_is_no_slip_of_it(written: str, other: str) -> None:
    assert another_form(written, other)
    assert not another_form("amiodaron", "amiodarone")
    assert not another_form("hypertensio", "hypertension")
    assert not another_form("metforman", "metformin")

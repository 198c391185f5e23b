from qa.steps.spans import LONGEST, Stretch, grown

LIST = (
    "Gout is common. Tests may include the following: - Blood test. - Joint fluid. - X-ray. Doctors decide which. "
    "It is seen in men."
)


def quoted(text: str, sentence: str, scores: dict[str, float] | None = None) -> str:
    start = text.index(sentence)
    beside = {text.index(other): score for other, score in (scores or {}).items()}
    place = grown(text, Stretch(start, start + len(sentence)), beside, 1.0)
    return text[place.start : place.end]


def test_a_list_is_given_whole_from_its_head_or_from_a_member() -> None:
    whole = "Tests may include the following: - Blood test. - Joint fluid. - X-ray."
    assert quoted(LIST, "- Joint fluid.") == whole
    assert quoted(LIST, "Tests may include the following: - Blood test.") == whole


def test_a_sentence_that_leans_takes_the_one_before_it() -> None:
    assert quoted(LIST, "It is seen in men.").startswith("Doctors decide")


def test_what_answers_beside_it_is_quoted_with_it() -> None:
    text = "Colchicine helps. Dogs bark. Steroids help too."
    assert quoted(text, "Colchicine helps.") == "Colchicine helps."
    assert quoted(text, "Colchicine helps.", {"Dogs": 2.0}) == "Colchicine helps. Dogs bark."


def test_a_quotation_does_not_grow_beyond_its_length() -> None:
    text = "First it is said. " + " ".join(f"- Member number {n} of a long list." for n in range(60))
    assert len(quoted(text, "- Member number 3 of a long list.")) <= LONGEST

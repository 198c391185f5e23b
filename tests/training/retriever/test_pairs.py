"""Questions and their passages, out of documents that nobody labelled."""

from __future__ import annotations

from ingest.model import Document, Section
from training.retriever.batches import batches
from training.retriever.pairs import Pair, pairs

BODY = (
    "Many patients take the drug for years. We followed 200 of them at three hospitals over two years. "
    "Half were given the drug and half a placebo, and none knew which. "
    "These results suggest that the drug reduces the risk of a second stroke in patients with diabetes. "
    "The costs were not looked at, and neither were the views of those who took part."
)


def document(id: str, title: str, body: str, source: str = "pubmed") -> Document:
    return Document(id=id, title=title, sections=(Section("title", title), Section("abstract", body)), source=source)


def test_a_title_asks_for_its_text() -> None:
    (made,) = [pair for pair in pairs([document("a", "[A drug and strokes.]", BODY)], ()) if pair.kind == "title"]
    assert made == Pair("title", "A drug and strokes", BODY)


def test_a_conclusion_asks_for_the_text_without_it() -> None:
    many = [document(str(number), f"Title {number}", BODY) for number in range(40)]
    claims = [pair for pair in pairs(many, ()) if pair.kind == "claim"]
    assert 10 < len(claims) < 30  # of every other text
    for claim in claims:
        assert claim.question not in claim.text
    drawn = [claim for claim in claims if claim.question.startswith("the drug reduces")]
    assert drawn, "what opens a conclusion says nothing of what is concluded"


def test_pages_that_ask_give_their_question_and_a_repeated_answer_once() -> None:
    asked = [
        document("m1", "What is (are) gout ?", "Gout is a form of arthritis.", "medquad"),
        document("m2", "What is (are) gouty arthritis ?", "Gout is a form of arthritis.", "medquad"),
    ]
    assert pairs(asked, ()) == [Pair("question", "What is gout?", "Gout is a form of arthritis.")]


def test_what_is_measured_by_and_what_says_nothing_is_left_out() -> None:
    assert (
        pairs([document("a", "A drug", BODY), document("b", "", BODY), document("c", "Short", "Too short.")], {"a"})
        == []
    )


def test_the_same_seed_gives_the_same_order() -> None:
    many = [document(str(number), f"Title {number}", BODY) for number in range(20)]
    assert pairs(many, (), seed=4) == pairs(many, (), seed=4) != pairs(many, (), seed=5)


def test_a_pair_stands_in_one_batch_and_batches_are_full() -> None:
    many = [
        Pair(kind, f"{kind} {n}", f"text {n % 7} of {kind}")
        for kind in ("title", "claim", "question")
        for n in range(40)
    ]
    made = batches(many, 6, 8)
    assert len(made) == 6
    assert {len(batch) for batch in made} == {8}
    inside = [pair for batch in made for pair in batch]
    assert len(inside) == len(set(inside))


def test_pairs_of_one_field_stand_together() -> None:
    words = {
        "heart": "heart valve atrium ventricle",
        "skin": "skin rash eczema psoriasis",
        "eye": "retina lens glaucoma iris",
    }
    many = [Pair("title", f"{field} {n}", f"{text} {n}") for field, text in words.items() for n in range(700)]
    random_share = 1 / 3
    made = batches(many, 200, 16)
    biggest = [max(sum(pair.question.startswith(field) for pair in batch) for field in words) / 16 for batch in made]
    assert sum(share > 0.9 for share in biggest) > len(made) * random_share


def test_too_few_pairs_make_no_batch() -> None:
    assert batches([Pair("title", "a", "b")], 3, 8) == []

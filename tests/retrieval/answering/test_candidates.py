from retrieval.answering.candidates import candidates
from retrieval.model import DocumentInfo, Hit, Passage


def passage(document: str, ordinal: int, start: int, text: str) -> Passage:
    return Passage(f"{document}{ordinal}", document, ordinal, "abstract", start, start + len(text), text)


TITLE = "Clozapine and the liver\n"
FIRST = passage("A", 0, 0, TITLE + "Clozapine raises enzymes. It was mild. ")
SECOND = passage("A", 1, FIRST.end, "This settled in weeks. ")
OTHER = passage("B", 0, 0, "Another thing.")
INFO = {"A": DocumentInfo("A", title=TITLE.strip()), "B": DocumentInfo("B")}


def hit(passage: Passage) -> Hit:
    return Hit(passage, INFO[passage.document], 1.0)


def test_sentences_by_document_in_their_order_with_their_places() -> None:
    rows = candidates([hit(SECOND), hit(OTHER), hit(FIRST)], {})
    assert [row.sentence.text for row in rows] == [
        TITLE.strip(), "Clozapine raises enzymes.", "It was mild.", "This settled in weeks.", "Another thing.",
    ]  # fmt: skip
    whole = FIRST.text + SECOND.text
    assert all(whole[row.sentence.start : row.sentence.end] == row.sentence.text for row in rows[:4])
    assert [row.rank for row in rows] == [3, 3, 3, 1, 2]
    assert next(row.standing for row in rows) == "title"


def test_the_sentence_before_where_one_leans_on_it() -> None:
    rows = candidates([hit(FIRST), hit(SECOND)], {})
    before = {row.sentence.text: row.before.text if row.before else None for row in rows}
    assert before["It was mild."] == "Clozapine raises enzymes."
    assert before["This settled in weeks."] == "It was mild."
    assert before["Clozapine raises enzymes."] is None


def test_what_stands_beside_belongs_to_the_hit_of_its_document() -> None:
    rows = candidates([hit(OTHER), hit(SECOND)], {"A": [FIRST]})
    assert [row.hit.passage.id for row in rows] == ["B0", "A1", "A1", "A1", "A1"]
    assert rows[1].rank == 2


def test_an_abbreviation_stands_for_what_it_is_defined_as() -> None:
    text = "Urinary incontinence (UI) is common. A million suffer from UI. It is told."
    rows = candidates([hit(passage("B", 0, 0, text))], {})
    assert {"urinari", "incontin"} <= rows[1].words
    assert "incontin" not in rows[2].words


def test_nothing_found_nothing_to_rank() -> None:
    assert candidates([], {}) == []

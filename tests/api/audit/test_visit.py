"""What a request is called, and which ids are noted of what is sent out."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from api.audit.visit import MOST, Visit, current, purpose, request_id, seen, working_for
from api.callers.model import LOCAL


class Piece(BaseModel):
    id: str
    source: str = ""
    text: str = ""


class Body(BaseModel):
    entity: str
    evidence: list[Piece]
    by_name: dict[str, Piece]


BODY = Body(
    entity="patient:42",
    evidence=[Piece(id="E1", source="PMID:7", text="PMID:8"), Piece(id="E2", source="https://a.example/x")],
    by_name={"Gout": Piece(id="MESH:D006073")},
)


def test_ids_are_noted_and_words_are_not() -> None:
    visit = Visit("r", LOCAL)
    assert seen(BODY) is BODY, "nobody asked"
    with working_for(visit):
        assert current() is visit
        assert seen(BODY) is BODY
    assert current() is None
    assert visit.touched == {"patient:42", "PMID:7", "MESH:D006073"}


def test_so_many_ids_are_remembered_and_of_the_rest_that_there_were_more() -> None:
    visit = Visit("r", LOCAL)
    visit.touch(f"PMID:{n}" for n in range(MOST))
    assert not visit.more
    visit.touch(["PMID:0", None, ""])
    assert not visit.more
    visit.touch(["PMID:-1"])
    assert (len(visit.touched), visit.more) == (MOST, True)


@pytest.mark.parametrize("sent", ["", "two words", "a\nb", "x" * 65, "病人"])
def test_what_is_no_plain_word_is_not_repeated(sent: str) -> None:
    assert request_id(sent) != sent
    assert purpose(sent) == ""
    assert (request_id("ward-7.1"), purpose("TREAT")) == ("ward-7.1", "TREAT")

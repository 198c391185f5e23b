import pytest

from qa.differential.case.phrases import capitals, phrases, written_so
from text.names import normalise


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ("拉肚子", "HP:0002014"),
        ("心口疼", "HP:0100749"),
        ("喘不上气", "HP:0002094"),
        ("tummy ache", "HP:0002027"),
        ("throwing up", "HP:0002013"),
        ("SOB", "HP:0002094"),
    ],
)
def test_people_say_it_otherwise(said: str, id: str) -> None:
    assert id in phrases()[normalise(said)]


def test_every_phrase_means_some_ids() -> None:
    assert len(phrases()) > 3_000
    assert all(ids and all(":" in id for id in ids) for ids in phrases().values())


def test_an_abbreviation_counts_in_capitals() -> None:
    assert "loc" in capitals()
    assert written_so("LOC")
    assert not written_so("loc")
    assert written_so("feverish")

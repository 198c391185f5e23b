from __future__ import annotations

import pytest

from ingest.sources.curated.french import english


@pytest.mark.parametrize(
    ("french", "name"),
    [
        ("METFORMINE", "metformin"), ("acide acétylsalicylique", "acetylsalicylic acid"),
        ("acide ursodésoxycholique", "ursodeoxycholic acid"), ("héparine calcique", "heparin"),
        ("sodium (bicarbonate de)", "sodium bicarbonate"), ("dinitrate d'isosorbide", "isosorbide dinitrate"),
        ("insuline glargine", "insulin glargine"), ("insuline humaine recombinante zinc", "insulin human"),
        ("ivacaftor (seul ou associé)", "ivacaftor"), ("millepertuis", "st john wort"),
        ("PAMPLEMOUSSE (JUS ET FRUIT)", "grapefruit"), ("amphotéricine b", "amphotericin b"),
    ],
)  # fmt: skip
def test_a_french_name_may_be_an_english_one(french: str, name: str) -> None:
    assert name in english(french)


def test_what_is_the_same_in_both_comes_first() -> None:
    assert english("codéine")[0] == "codeine"
    assert english("chlorpromazine")[0] == "chlorpromazine"
    assert english("()") == ()

from __future__ import annotations

import pytest

from ingest.sources.curated.ansm_levels import Level, levels, only


def test_levels_are_in_the_order_of_gravity() -> None:
    told = [
        {"level": "A prendre en compte", "info": ": - petites\n doses"},
        {"level": "CONTRE-INDICATION", "info": ""},
        {"level": "Précaution d'emploi", "info": "Surveiller."},
    ]
    assert [level.told for level in levels(told)] == [
        "CONTRE-INDICATION", "Précaution d'emploi : Surveiller.", "A prendre en compte : petites doses",
    ]  # fmt: skip


@pytest.mark.parametrize("told", [None, [], [3], [{"level": "Inconnu", "info": ""}], [{"info": "x"}]])
def test_unknown_words_make_no_level(told: object) -> None:
    assert levels(told) == ()


@pytest.mark.parametrize(
    ("info", "names"),
    [
        ("avec la zolnidipine.", ("zolnidipine",)),
        ("avec le blanol, l'azurol et la zolnidipine", ("blanol", "azurol", "zolnidipine")),
        ("entre le blanol et les opiacés ou les barbituriques.", ("blanol",)),
        ("avec le blanol à des doses > 20 mg", ()),
        ("avec le blanol et les macrolides", ()),
        ("entre les macrolides et le blanol", ()),
        ("Surveillance clinique.", ()),
        ("", ()),
    ],
)
def test_a_level_is_kept_to_substances_only_where_nothing_else_is_named(info: str, names: tuple[str, ...]) -> None:
    assert only(Level("CONTRE-INDICATION", info), {"blanol", "azurol", "zolnidipine"}) == names

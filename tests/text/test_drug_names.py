"""The ingredients in the name of a preparation."""

from __future__ import annotations

import pytest

from text.drug_names import ingredients


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("hydrochlorothiazide 25 MG Oral Tablet", (("hydrochlorothiazide",),)),
        (
            "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet",
            (("Metformin hydrochloride", "Metformin"),),
        ),
        ("Acetaminophen 325 MG / Oxycodone 5 MG Oral Tablet [Percocet]", (("Acetaminophen",), ("Oxycodone",))),
        ("potassium chloride 20 MEQ", (("potassium chloride", "potassium"),)),
        ("盐酸二甲双胍片", (("盐酸二甲双胍", "二甲双胍"),)),
        ("Insulin Lispro", (("Insulin Lispro",),)),
        ("25 MG", ()),
    ],
)
def test_ingredients(name: str, forms: tuple[tuple[str, ...], ...]) -> None:
    assert ingredients(name) == forms

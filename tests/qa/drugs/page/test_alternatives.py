"""What else is for what a drug is for."""

from __future__ import annotations

from typing import Any

from qa.drugs.page.alternatives import with_interactions


def test_those_of_the_same_class_come_first_within_each_indication(ward: Any) -> None:
    told = [
        (one.indication.name, one.use.what.name, one.shared.name if one.shared else "")
        for one in ward.page("Warfarin").alternatives
    ]
    # What documents alone state, heparin in atrial fibrillation, is no alternative.
    assert told == [
        ("Embolism, pulmonary", "Phenprocoumon", "Vitamin K antagonists"),
        ("Embolism, pulmonary", "Apixaban", ""),
        ("Embolism, pulmonary", "PubChem compound 77", ""),
        ("Saddle embolism", "Heparin", ""),
    ]


def test_what_interacts_comes_last(ward: Any) -> None:
    others = ward.page("Apixaban").alternatives
    assert [one.use.what.name for one in others] == ["Phenprocoumon", "Warfarin", "PubChem compound 77"]
    several = ward.page("Phenprocoumon").alternatives[:2]
    assert [one.use.what.name for one in several] == ["Warfarin", "Apixaban"]
    free, marked = with_interactions(several, {several[0].use.what.id: (("x", "major"),)})
    assert (free.use.what.name, free.interacts) == ("Apixaban", ())
    assert (marked.use.what.name, marked.interacts) == ("Warfarin", (("x", "major"),))

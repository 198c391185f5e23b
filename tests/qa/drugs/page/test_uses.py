"""The drugs for a disease, ranked by evidence, complete, with what is denied and what interacts apart."""

from __future__ import annotations

from typing import Any

import pytest

from qa.drugs.page.uses import Uses


@pytest.mark.parametrize("name", ["Embolism, pulmonary", "pulmonary embolism", "肺栓塞", "MESH:D011655"])
def test_drugs_are_ranked_by_evidence_and_kinds_are_told_apart(name: str, ward: Any) -> None:
    uses: Uses = ward.uses(name)
    assert [(use.drug.entity.name, use.fact.kind, use.direct) for use in uses.drugs] == [
        # A list has it, and so has an insert: that is a label.
        ("Phenprocoumon", "labelled", True),
        ("Warfarin", "listed", True),
        ("Heparin", "listed", False),
        # What a machine read in inserts stands behind, and last what goes by its id alone.
        ("Apixaban", "mined", True),
        ("PubChem compound 77", "mined", True),
    ]
    assert [one.name for one in uses.drugs[2].conditions] == ["Saddle embolism"]
    assert {row.object for row in uses.drugs[1].fact.rows} == {"MESH:D011655"}
    assert [use.drug.entity.name for use in uses.denied] == ["Ibuprofen"]
    assert uses.kinds == 1


def test_literature_comes_last_and_a_denial_disputes(ward: Any) -> None:
    uses = ward.uses("心房颤动")
    assert [(use.drug.entity.name, use.fact.kind, len(use.fact.against)) for use in uses.drugs] == [
        ("Warfarin", "mined", 1),
        ("Heparin", "literature", 0),
    ]


def test_what_interacts_gravely_is_set_aside_also_where_that_is_derived(ward: Any) -> None:
    uses = ward.uses("pulmonary embolism", taken=("布洛芬", "qqqq"))
    assert [use.drug.entity.name for use in uses.drugs] == [
        "Heparin",
        "Apixaban",
        "PubChem compound 77",
    ]
    assert {use.drug.entity.name: use.interacts for use in uses.interacting} == {
        "Warfarin": (("布洛芬", "major"),),
        "Phenprocoumon": (("布洛芬", "major"),),
    }
    assert [one.asked for one in uses.untaken] == ["qqqq"]
    assert {one.source.id for one in uses.searched} == {"book", "medgraph-pharmacology"}


def test_where_nothing_is_stated_what_is_named_alike_is_told(ward: Any) -> None:
    uses = ward.uses("Embolism of fat")
    assert uses.drugs == ()
    assert {one.name for one in uses.near} == {"Saddle embolism", "Embolism, pulmonary", "pulmonary embolism"}
    assert ward.uses("pulmonary embolism").near == ()

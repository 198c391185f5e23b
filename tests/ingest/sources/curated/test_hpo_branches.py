from __future__ import annotations

from ingest.sources.curated.hpo_branches import ONSETS, WITHOUT_PARENTS, predicates


def test_the_narrower_branch_gives_the_predicate() -> None:
    pairs = [
        ("HP:0031797", "HP:0012823"), ("HP:0003674", "HP:0031797"), ("HP:1", "HP:0003674"), ("HP:2", "HP:0031797"),
        ("HP:3", "HP:0012823"), ("HP:4", "HP:0000005"), ("HP:5", "HP:0000118"),
    ]  # fmt: skip
    branches = predicates(pairs)
    assert [branches.get(f"HP:{n}") for n in range(1, 6)] == [
        "has_onset", "has_course", "has_modifier", "has_inheritance", None,
    ]  # fmt: skip


def test_a_circle_ends() -> None:
    assert set(predicates([("HP:1", "HP:0000005"), ("HP:0000005", "HP:1")])) >= {"HP:1"}


def test_without_parents_the_commonest_are_told() -> None:
    assert WITHOUT_PARENTS["HP:0000006"] == "has_inheritance"
    assert all(WITHOUT_PARENTS[onset] == "has_onset" for onset in ONSETS)

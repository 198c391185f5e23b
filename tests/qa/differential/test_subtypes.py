"""Forms of one disease are shown as one, and different diseases are not."""

from __future__ import annotations

import pytest

from qa.differential.subtypes import grouped, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Osteogenesis imperfecta, type I", "Osteogenesis imperfecta, type IV"),
        ("Loeys-Dietz syndrome 1", "Loeys-Dietz syndrome 2"),
        ("Glycogen storage disease type 1a", "Glycogen storage disease IXb"),
        ("retinitis pigmentosa 4", "Retinitis pigmentosa 12, autosomal recessive"),
        ("成骨不全症I型", "成骨不全症 IV型"),
        ("Parkinson disease 2, autosomal recessive juvenile", "Parkinson disease 8"),
    ],
)
def test_forms_of_one_disease(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hepatitis A", "Hepatitis B"),
        ("Marfan syndrome", "Marfanoid habitus with situs inversus"),
        ("Vitamin D deficiency", "Vitamin K deficiency"),
        ("Diabetes mellitus", "Diabetes insipidus"),
    ],
)
def test_different_diseases(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_groups_keep_the_order_in_which_each_first_comes() -> None:
    names = [("1", "Loeys-Dietz syndrome 2"), ("2", "Marfan syndrome"), ("3", "Loeys-Dietz syndrome 1")]
    assert grouped(names) == [["1", "3"], ["2"]]

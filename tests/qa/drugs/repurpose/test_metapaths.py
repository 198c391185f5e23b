"""Kinds of path: their letters, and which there are."""

from __future__ import annotations

import pytest

from qa.drugs.repurpose.metapaths import METAEDGES, STEPS, every, parse, written


@pytest.mark.parametrize("text", ["CbGaD", "CrCtD", "CbGr>GaD", "CbG<rGaD", "CtDrD", "GdAlD", "CbGuAlD", "GiGaD"])
def test_what_is_written_is_read_again(text: str) -> None:
    assert written(parse(text)) == text


@pytest.mark.parametrize("text", ["", "C", "CbD", "CbGa", "CxGaD", "CbG aD", "cbgad", "GrGaD"])
def test_what_is_no_metapath_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no metapath"):
        parse(text)


def test_a_step_goes_both_ways_unless_both_are_the_same() -> None:
    names = [step.name for step in STEPS]
    assert len(names) == len(set(names)) == 2 * len(METAEDGES) - 4
    assert {"CbG", "GbC", "Gr>G", "G<rG", "GiG", "CrC"} <= set(names)


def test_two_steps_from_a_drug_to_a_disease() -> None:
    assert {written(path) for path in every("C", "D", 2)} == {
        *(f"C{one}G{other}D" for one in "bdu" for other in "adu"),
        "CrCtD", "CrCpD", "CtDrD", "CpDrD",
    }  # fmt: skip


def test_what_is_predicted_is_no_path_by_itself() -> None:
    assert [written(path) for path in every("C", "D", 1)] == []
    assert {written(path) for path in every("G", "D", 1)} == {"GdD", "GuD"}

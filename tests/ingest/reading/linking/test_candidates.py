from __future__ import annotations

from pathlib import Path

import pytest

from ingest.reading.linking.candidates import ROOTED, SIGNATURE, STRICT, Candidates, elsewhere, plainly
from ingest.reading.linking.lexicon import Lexicon
from ingest.reading.linking.queries import Query


@pytest.fixture(scope="module")
def lexicon(folder: Path) -> Lexicon:
    return Lexicon.load(folder / "lexicon.npz")


def test_each_key_under_which_a_surface_is_a_name_is_told(lexicon: Lexicon) -> None:
    ask = Candidates(lexicon).ask
    (kidney,) = ask("Kidney Diseases", "d").candidates
    assert (lexicon.ids[kidney.concept], kidney.keys) == ("MESH:D000001", STRICT | SIGNATURE | ROOTED)
    turned = next(c for c in ask("diseases of the kidney", "d").candidates if c.concept == kidney.concept)
    assert turned.keys == SIGNATURE | ROOTED


def test_what_corpora_and_abstracts_say_is_counted(lexicon: Lexicon) -> None:
    ask = Candidates(lexicon).ask
    taught = {lexicon.ids[c.concept]: c.taught for c in ask("wobbles", "d").candidates}
    assert taught["MESH:D000003"] > 0
    short = {lexicon.ids[c.concept]: c.short for c in ask("MMEL", "d").candidates}
    assert short == {"MESH:D000017": 2}


def test_a_name_of_another_group_is_no_candidate(lexicon: Lexicon) -> None:
    ask = Candidates(lexicon).ask
    assert [lexicon.ids[c.concept] for c in ask("Narcan", "c").candidates] == ["MESH:D000011"]
    assert ask("Narcan", "g").candidates == ()
    assert ask("…", "d").candidates == ()


def test_what_another_surface_plainly_names_is_elsewhere(lexicon: Lexicon) -> None:
    ask = Candidates(lexicon).ask
    surfaces = plainly([(Query("Breast Cancer", False),), (Query("breast", False, True),)], ["d", "d"], ask)
    (concept,) = surfaces
    assert lexicon.ids[concept] == "MESH:D000004"
    assert concept in elsewhere(ask("Breast Tumor", "d"), surfaces)
    assert concept not in elsewhere(ask("Breast Cancer", "d"), surfaces)

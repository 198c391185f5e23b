from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading.linking.lexicon import Entry, Lexicon, Orthologs, Strings, Table
from ingest.reading.linking.names import words
from ingest.reading.linking.overlap import Overlap
from training.linking.linker import Beside, build
from training.linking.names import concepts

_ROWS = st.lists(st.tuples(st.integers(0, (1 << 64) - 1), st.integers(0, 1 << 20), st.integers(0, 255)), max_size=30)


@settings(deadline=None)
@given(_ROWS)
def test_a_table_finds_what_was_put_in_by_48_bits(rows: list[tuple[int, int, int]]) -> None:
    table = Table.of(rows)
    bits = (1 << 48) - 1
    for key, _, _ in rows:
        wanted = sorted({Entry(concept, flags) for other, concept, flags in rows if (other ^ key) & bits == 0})
        assert table.find(key) == wanted


def test_an_empty_table_finds_nothing() -> None:
    assert Table.of([]).find(7) == []


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=20))
def test_strings_are_kept(texts: list[str]) -> None:
    kept = Strings.of(texts)
    assert kept.all() == texts
    assert len(kept) == len(texts)


def test_a_lexicon_is_the_same_after_saving(folder: Path, tmp_path: Path) -> None:
    lexicon = Lexicon.load(folder / "lexicon.npz")
    lexicon.save(tmp_path / "again.npz")
    again = Lexicon.load(tmp_path / "again.npz")
    assert again.ids.all() == lexicon.ids.all()
    assert np.array_equal(again.strict.keys, lexicon.strict.keys)
    assert np.array_equal(again.taught.flags, lexicon.taught.flags)
    assert np.array_equal(again.words, lexicon.words)


def test_a_gene_of_another_species_is_found_by_the_human_one_and_by_its_id() -> None:
    genes = Orthologs.of([(5, 10116, 30, "Abc"), (5, 10090, 20, "Abca"), (5, 10090, 21, "Abcb"), (7, 10090, 9, "Xyz")])
    assert [genes.of_species(5, taxon) for taxon in (10090, 10116, 7955)] == ["NCBIGene:20", "NCBIGene:30", None]
    assert [genes.symbol(id) for id in ("NCBIGene:21", "NCBIGene:9", "NCBIGene:22", "NCBIGene:99", "MESH:9")] == [
        "Abcb", "Xyz", None, None, None,
    ]  # fmt: skip
    assert genes.symbol(f"NCBIGene:{'9' * 40}") is None
    assert Orthologs.of([]).of_species(5, 10090) is None


def test_no_annotated_surface_can_be_read_in_the_files(folder: Path) -> None:
    lexicon = Lexicon.load(folder / "lexicon.npz")
    texts = " ".join([*lexicon.names.all(), *lexicon.terms.all(), (folder / "model.json").read_text(encoding="utf-8")])
    assert "wobbl" not in texts
    assert "doxorubicine" not in texts


def test_building_twice_gives_the_same_linker(folder: Path, tmp_path: Path) -> None:
    place = folder.parent
    build(
        place, [place / "train.pubtator"], [place / "dev.pubtator"],
        ["Quite common is malignant melanoma (MMEL).", "One of them is malignant melanoma (MMEL)."],
        {"D000017": 3}, (), tmp_path,
        Beside(place / "gene_info", place / "homologene.data", place / "drugs.tsv", "2024"),
    )  # fmt: skip
    assert (tmp_path / "config.json").read_text() == (folder / "config.json").read_text()
    assert (tmp_path / "model.json").read_text() == (folder / "model.json").read_text()


def test_proteins_are_no_chemicals_and_withdrawn_ids_keep_their_ontology_name(folder: Path) -> None:
    known, named, omim = concepts(folder.parent)
    assert "MESH:C000003" not in known
    assert known["MESH:C531816"].trees == "c"
    assert known["MESH:C000001"].trees == "d"
    assert known["MESH:D000008"].trees == "P"
    assert omim == {"MESH:C531816": "OMIM:301500"}
    assert any(name.id == "MESH:C531816" and name.text == "angiokeratoma of Fabry" for name in named)


@pytest.mark.parametrize(
    ("surface", "id"),
    [("kidny disease", "MESH:D000001"), ("severe ovarian cancer", "MESH:D000005"), ("hepatic disease", "MESH:D000006")],
)
def test_names_are_found_by_their_words(folder: Path, surface: str, id: str) -> None:
    lexicon = Lexicon.load(folder / "lexicon.npz")
    found = Overlap(lexicon).find(words(surface), "d")
    assert lexicon.ids[found[0].concept] == id
    assert all(0.0 <= one.dice <= 1.01 and 0.0 <= one.of_name <= 1.0 for one in found)
    assert [one.dice for one in found] == sorted((one.dice for one in found), reverse=True)

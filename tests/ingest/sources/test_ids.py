"""One spelling for every identifier."""

from __future__ import annotations

import pytest

from ingest.sources.ids import curie, hashed, identify


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Orphanet:165", "ORPHA:165"),
        ("ORDO:165", "ORPHA:165"),
        (" MSH:D003371 ", "MESH:D003371"),
        ("UMLS_CUI:C0015967", "UMLS:C0015967"),
        ("SNOMEDCT_US_2015_03_01:386661006", "SNOMEDCT:386661006"),
        ("NCI2009_04D:C3038", "NCIT:C3038"),
        ("Fyler:1", "Fyler:1"),
        ("HP:0001945", "HP:0001945"),
        ("http://example.org", ""),
        ("no identifier", ""),
        ("HP:two words", ""),
    ],
)
def test_a_curie_has_the_prefix_of_this_graph(text: str, id: str) -> None:
    assert curie(text) == id
    assert not id or curie(id) == id


def test_one_article_has_one_id() -> None:
    assert {identify(text) for text in ("7", "PMID:7", "pmid: 007")} == {"PMID:7"}
    assert {identify(text) for text in ("PMC12", "pmcid:PMC012")} == {"PMCID:PMC12"}
    assert identify("a b/c") == "local:a%20b%2Fc"


def test_what_has_no_id_is_named_by_what_it_holds() -> None:
    assert hashed("发热") == hashed("发热".encode())
    assert len(hashed("")) == len("sha256:") + 32
    assert hashed("a") != hashed("b")


def test_an_id_of_any_length_is_one_that_a_store_takes() -> None:
    long = "X:" + "y" * 60_000
    assert curie(long) == ""
    assert identify(long).startswith("local:sha256-")
    assert len(identify("发" * 500)) < 100
    assert identify(long) == identify(f" {long} ") != identify(long + "y")

"""One number for everything a store holds."""

from __future__ import annotations

from dataclasses import replace

from graph.fingerprint import Fingerprint
from graph.model import Assertion, Entity, Mention, Name, PassageNode, Relation, Source


def test_the_fingerprint_is_a_sum_over_rows() -> None:
    one, other = Source("A", "curated"), Source("B", "curated", access=frozenset({"b", "a"}))
    forth, back = Fingerprint(), Fingerprint()
    assert forth.hexdigest() == "0" * 64
    forth.source(one)
    forth.source(other)
    back.source(other)
    back.source(one)
    assert forth.hexdigest() == back.hexdigest()
    back.source(one)
    assert forth.hexdigest() != back.hexdigest()
    assert len(forth.hexdigest()) == 64


def test_the_fingerprint_never_changes_its_meaning() -> None:
    """Two stores compare theirs, and a ledger may keep one: pinned."""
    pinned = Fingerprint()
    pinned.source(Source("HPO", "curated", year=2025))
    pinned.declaration("HPO", "HP:1", Entity("HP:1", "Phenotype", "Fever", (Name("发热", "zh"), Name("Pyrexia"))))
    pinned.assertion(Assertion.new("MONDO:1", "has_phenotype", "HP:1", source="HPO", sentence="s", confidence=1))
    pinned.relation(Relation("MONDO:1", "has_phenotype", "HP:1", 1, 0, 1, 1))
    pinned.mapping("HPO", "UMLS:1", "HP:1", 1, "")
    assert pinned.hexdigest() == "aaf1d494a60ab790a1fefd4a7abf371e1a304606851dd13b4dace4ed06afac9d"


def test_what_is_written_in_another_way_counts_the_same() -> None:
    fever = Entity("HP:1", "Phenotype", "Fever", (Name("b"), Name("a")), ("R:2", "R:1"))
    other = replace(fever, synonyms=(Name("a"), Name("b"), Name("a")), xrefs=("R:1", "R:2", "R:2"))
    one, same = Fingerprint(), Fingerprint()
    one.declaration("HPO", "HP:1", fever)
    same.declaration("HPO", "HP:1", other)
    assert one.hexdigest() == same.hexdigest()
    same.declaration("HPO", "HP:1", replace(fever, synonyms=(Name("a"), Name("b", "de"))))
    one.declaration("HPO", "HP:1", fever)
    assert one.hexdigest() != same.hexdigest()


def test_every_kind_of_row_counts_as_it_ever_did() -> None:
    """Pinned as `test_the_fingerprint_never_changes_its_meaning` is: passages and mentions."""
    pinned = Fingerprint()
    pinned.passage(PassageNode("p", "PMID:1", "abstract", 3, 8, "fever", frozenset({"b", "a"})))
    pinned.mention("PMID:1", Mention("p", "HP:1", 3, 8, "fever", 1, tagger="t/1", reason="exact"))
    pinned.source(Source("PMID:1", "document", "T", "2", "CC0", 2020, "en", "http://u", True))
    assert pinned.hexdigest() == "92a98f75d11694155f2f70d8dad1b6f578922c24a6569c29433bf65642fa978a"

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.model import Assertion, Entity, Name, Source
from ingest.sources.curated import rrf
from ingest.sources.detect import detect


def conso(
    id: str, text: str, *, lat: str = "ENG", ts: str = "P", sab: str = "MTH", code: str = "x", off: str = "N"
) -> str:
    return f"{id}|{lat}|{ts}|L1|PF|S1|Y|A1||||{sab}|PN|{code}|{text}|0|{off}||\n"


def rel(one: str, name: str, other: str, rela: str = "", off: str = "N") -> str:
    return f"{one}|A1|CUI|{name}|{other}|A2|CUI|{rela}|R9||MSH|MSH|||{off}||\n"


def test_names_of_umls(write: Callable[..., Path]) -> None:
    write("MRSTY.RRF", "C9000001|T047|B2.2.1.2.1|Disease or Syndrome|AT1||\nC9000001|T033|x|Finding|AT2||\n")
    lines = conso("C9000001", "Ear, blue", ts="S", sab="MSH", code="D900001") + conso("C9000001", "Blue ear")
    lines += conso("C9000001", "蓝耳", lat="CHI") + conso("C9000001", "oreille bleue", lat="FRE")
    lines += conso("C9000001", "old", off="O") + conso("C9000002", "Blue", sab="HPO", code="HP:9000001")
    path = write("MRCONSO.RRF.gz", lines)
    assert detect(path) == "rrf-names"
    source, ear, blue = rrf.read(path)
    assert isinstance(source, Source)
    assert (source.id, source.licence) == ("umls", "UMLS Metathesaurus licence")
    assert ear == Entity(
        "UMLS:C9000001", "Disease", "Blue ear", (Name("Ear, blue"), Name("蓝耳", "zh")), ("MESH:D900001",)
    )
    assert blue == Entity("UMLS:C9000002", "Concept", "Blue", xrefs=("HP:9000001",))


def test_names_of_rxnorm(write: Callable[..., Path]) -> None:
    path = write("RXNCONSO.RRF", conso("900001", "bluemycin", sab="RXNORM", code="900001"))
    assert detect(path) == "rrf-names"
    source, drug = rrf.read(path)
    assert isinstance(source, Source)
    assert source.id == "rxnorm"
    assert drug == Entity("RXNORM:900001", "Drug", "bluemycin")


def test_one_direction_of_relations(write: Callable[..., Path]) -> None:
    lines = rel("C9000002", "RO", "C9000001", "may_treat") + rel("C9000001", "RO", "C9000002", "may_be_treated_by")
    lines += rel("C9000003", "CHD", "C9000004") + rel("C9000004", "PAR", "C9000003") + rel("C1000001", "RO", "C1000002")
    lines += rel("C9000003", "CHD", "C9000005", off="O")
    path = write("MRREL.RRF", lines)
    assert detect(path) == "rrf-relations"
    _, *facts = rrf.read_relations(path)
    assert [(a.subject, a.predicate, a.object, a.record) for a in facts if isinstance(a, Assertion)] == [
        ("UMLS:C9000001", "treats", "UMLS:C9000002", "R9"), ("UMLS:C9000004", "subclass_of", "UMLS:C9000003", "R9"),
    ]  # fmt: skip

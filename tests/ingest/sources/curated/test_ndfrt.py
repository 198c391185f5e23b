from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.model import Failure, Mapping
from ingest.sources.curated import ndfrt
from ingest.sources.detect import detect

NUI, BANK = "http://example.org/NDFRT/N000000900", "http://example.org/drugbank:DB9000"


def test_mappings(write: Callable[..., Path]) -> None:
    lines = f"{NUI}1,BLUE,{BANK}1\n{NUI}2,BLUE,{BANK}1\n{NUI}1,BLUE,{BANK}2\nx,y,z\n"
    path = write("map.csv.gz", "NUI,FDASubstancePrefName,Drugbank_Bio2rdf\n" + lines)
    assert detect(path) == "ndfrt"
    _, *records = ndfrt.read(path)
    assert [r for r in records if isinstance(r, Mapping)] == [
        Mapping("NDFRT:N0000009001", "DRUGBANK:DB90001"), Mapping("NDFRT:N0000009002", "DRUGBANK:DB90001"),
    ]  # fmt: skip
    assert [f.record for f in records if isinstance(f, Failure)] == ["line 4", "line 5"]

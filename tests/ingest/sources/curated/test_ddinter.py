from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import Failure, Mapping
from ingest.sources.curated import ddinter
from ingest.sources.detect import detect

CSV = (
    "DDInterID_A,Drug_A,DDInterID_B,Drug_B,Level\n"
    "DDInter90002,Etanercept,DDInter90001,Bluemycin,Major\n"
    'DDInter90001,Bluemycin,DDInter90003,"Azure, porcine",Unknown\n'
    "DDInter90001,Bluemycin,DDInter90001,Bluemycin,Minor\n"
    "DDInter90001,Bluemycin,DDInter90004,Greenol,secret\n"
)


def test_interactions_with_severity(write: Callable[..., Path]) -> None:
    path = write("ddinter_code_X.csv.gz", CSV)
    assert detect(path) == "ddinter"
    source, *records = ddinter.read(path)

    assert isinstance(source, Source)
    assert source.licence == "CC-BY-NC-SA-4.0"
    assert [(e.id, e.name) for e in records if isinstance(e, Entity)] == [
        ("DDINTER:DDInter90002", "Etanercept"), ("DDINTER:DDInter90001", "Bluemycin"),
        ("DDINTER:DDInter90003", "Azure, porcine"),
    ]  # fmt: skip
    assert [r for r in records if isinstance(r, Mapping)] == [Mapping("DDINTER:DDInter90002", "DRUGBANK:DB00005")]
    facts = [a for a in records if isinstance(a, Assertion)]
    assert [(a.subject, a.object, dict(a.qualifiers), a.record) for a in facts] == [
        ("DDINTER:DDInter90001", "DDINTER:DDInter90002", {"severity": "major"}, "DDInter90001 DDInter90002"),
        ("DDINTER:DDInter90001", "DDINTER:DDInter90003", {"severity": "unknown"}, "DDInter90001 DDInter90003"),
    ]
    assert [f.record for f in records if isinstance(f, Failure)] == ["line 4", "line 5"]

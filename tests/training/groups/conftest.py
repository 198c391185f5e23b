"""A folder of vocabularies and texts in the form in which the real ones come, with a few diseases."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest

MONDO = """x\tp\ty
MONDO:1\trdfs:subClassOf\tMONDO:0005087
MONDO:2\trdfs:subClassOf\tMONDO:0003847
MONDO:2\trdfs:subClassOf\tMONDO:0005071
"""
MATCH = """# prefixes
subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification
MONDO:1\tasthma\tskos:exactMatch\tmesh:D001249\tm
MONDO:1\tasthma\tskos:exactMatch\tUMLS:C0004096\tm
MONDO:2\tsome ataxia\tskos:exactMatch\tOrphanet:9\tm
"""
PAGE = """<Document id="1" source="s"><Focus>Asthma</Focus><FocusAnnotations>
<UMLS><CUIs><CUI>C0004096</CUI></CUIs></UMLS>
</FocusAnnotations><QAPairs><QAPair pid="1"><Question qid="1-1" qtype="symptoms">What?</Question><Answer>People with
asthma wheeze and cough at night; they are short of breath, and their chest feels tight after they have run.</Answer>
</QAPair><QAPair pid="2"><Question qid="1-2" qtype="treatment">How?</Question><Answer>
Inhalers that open the airways are
given to everybody with asthma, and more where these do not help enough for a week.</Answer></QAPair>
</QAPairs></Document>
"""
DIALOGUE = [
    {"speaker": "患者", "sentence": "孩子老是咳，晚上喘得厉害，是不是哮喘呢，应该怎么办才好呀",
     "label": "OOOOBOOOBOOOOOOOBIOOOOOOOOOOO",
     "normalized": ["咳嗽", "喘息", "哮喘"], "type": ["1", "1", "3"]},
    {"speaker": "医生", "sentence": "像是哮喘", "label": "OOBI", "normalized": ["哮喘"], "type": ["1"]},
]  # fmt: skip


def _gz(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    graph = tmp_path / "graph"
    _gz(graph / "mondo" / "edges.tsv.gz", MONDO)
    _gz(graph / "mondo" / "mondo_exactmatch_x.sssom.tsv.gz", MATCH)
    trees = "".join(f"D00000{n}\tX\tC1{1 if n % 2 else 4}.2.{n}\n" for n in range(2, 9))
    _gz(graph / "mesh" / "tree-numbers.tsv.gz", trees)
    _gz(graph / "hpo" / "hpo_terms.tsv.gz", "hpo_id\tname\tobsolete\treplaced_by\nHP:0012735\tCough\t0\t\n")
    zh = "en\tzh\tHP:0012735\trdfs:label\tCough\t咳嗽\tOFFICIAL\n"
    _gz(graph / "hpo" / "hp-zh.babelon.tsv.gz", f"a\tb\tsubject_id\tp\tsource_value\ttranslation_value\ts\n{zh}")
    _gz(graph / "hpo" / "hpo_is_a.tsv.gz", "hpo_id\tparent_id\nHP:0012735\tHP:0000118\n")
    for name in ("omim", "orpha"):
        rows = "disease_id\tdisease_name\thpo_id\nORPHA:9\tAtaxia\tHP:0012735\nORPHA:9\tAtaxia\tHP:0000007\n"
        _gz(graph / "hpo" / f"{name}_disease_to_phenotype.tsv.gz", rows)
    archive = tmp_path / "literature" / "medquad" / "medquad.tar.gz"
    archive.parent.mkdir(parents=True)
    with tarfile.open(archive, "w:gz") as file:
        member = tarfile.TarInfo("1.xml")
        member.size = len(PAGE.encode())
        file.addfile(member, io.BytesIO(PAGE.encode()))
    line = json.dumps({"dialogue-content": DIALOGUE}, ensure_ascii=False)
    _gz(tmp_path / "dialogue" / "CMDD" / "train.jsonl.gz", f"{line}\n")
    return tmp_path

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import WeightsUnavailable
from ingest.model import Mention
from ingest.reading.relations.onnx_relator import OnnxRelator, packed, unpacked

FOLDER = Path(__file__).resolve().parents[4] / "models" / "relations-en"
TEXT = (
    "Naloxone-resistant hypotension after clonidine. Clonidine caused severe hypotension in two patients who had taken "
    "too much of it. The hypotension induced by clonidine was not reversed."
)


@pytest.fixture(scope="module")
def relator() -> OnnxRelator:
    return OnnxRelator(FOLDER)


def mentions(text: str) -> list[Mention]:
    names = {"clonidine": ("Drug", "MESH:D003000"), "hypotension": ("Disease", "MESH:D007022")}
    low = text.lower()
    made = []
    for name, (type, id) in names.items():
        at = low.find(name)
        while at >= 0:
            made.append(Mention(at, at + len(name), text[at : at + len(name)], type, id, 1.0))
            at = low.find(name, at + 1)
    return sorted(made, key=lambda m: m.start)


def test_what_a_text_says_of_a_drug_and_a_disease(relator: OnnxRelator) -> None:
    findings = relator.find(TEXT, mentions(TEXT), "en")
    induced = next(f for f in findings if f.label == "CID")
    assert (induced.subject, induced.predicate, induced.object) == ("MESH:D003000", "causes", "MESH:D007022")
    assert 0.5 < induced.confidence <= 1
    assert TEXT[induced.start : induced.end].count("lonidine") >= 1
    assert findings == sorted(findings, key=lambda f: (f.start, f.end, f.subject, f.object, f.label))


def test_facts_are_among_the_findings(relator: OnnxRelator) -> None:
    every = relator.find(TEXT, mentions(TEXT), "en")
    firm = [f for f in relator.find(TEXT, mentions(TEXT), "en", facts=True) if f.firm]
    assert firm
    assert all(fact in every for fact in firm)


def test_another_language_and_a_text_without_pairs_say_nothing(relator: OnnxRelator) -> None:
    assert relator.find(TEXT, mentions(TEXT), "zh") == []
    assert relator.find(TEXT, mentions(TEXT)[:1], "en") == []
    assert relator.find("", [], "en") == []


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match=r"model\.onnx"):
        OnnxRelator(tmp_path)


def test_trees_are_packed_without_loss() -> None:
    trees = {"MESH:D000001": ("C23.1",), "MESH:D000002": ("C23.1.5", "F01")}
    assert unpacked(packed(trees)) == trees

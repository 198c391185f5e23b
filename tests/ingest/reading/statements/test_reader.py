"""The shipped readers of statements, on sentences of our own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import WeightsUnavailable
from ingest.model import Mention
from ingest.reading.relations.model import Finding
from ingest.reading.statements.gate import BUCKETS
from ingest.reading.statements.reader import OnnxStatements

MODELS = Path(__file__).resolve().parents[4] / "models"


@cache
def reader(language: str) -> OnnxStatements:
    return OnnxStatements(MODELS / f"statements-{language}")


def read(language: str, text: str, *named: tuple[str, str], topic: tuple[str, str] | None = None) -> list[Finding]:
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), name, type, f"X:{name}", 1.0) for name, type in named
    ]
    about = Mention(0, len(topic[0]), topic[0], topic[1], f"X:{topic[0]}", 1.0) if topic else None
    return reader(language).find(text, sorted(mentions, key=lambda m: m.start), language, facts=True, topic=about)


def stated(findings: list[Finding]) -> list[tuple[str, str, str, str, str]]:
    return [(f.subject[2:], f.predicate, f.object[2:], f.polarity, f.certainty) for f in findings]


CASES = [
    ("en", "Sumatriptan is indicated for the acute treatment of migraine.",
     (("Sumatriptan", "Drug"), ("migraine", "Disease")),
     [("Sumatriptan", "treats", "migraine", "affirmed", "certain")]),
    ("zh", "甲氨蝶呤可引起骨髓抑制。", (("甲氨蝶呤", "Drug"), ("骨髓抑制", "Phenotype")),
     [("甲氨蝶呤", "has_adverse_effect", "骨髓抑制", "affirmed", "certain")]),
    ("zh", "重度肝功能不全患者禁用本品瑞舒伐他汀。", (("重度肝功能不全", "Disease"), ("瑞舒伐他汀", "Drug")),
     [("瑞舒伐他汀", "contraindicated_in", "重度肝功能不全", "affirmed", "certain")]),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("language", "text", "named", "wanted"), CASES, ids=[case[1] for case in CASES])
def test_what_a_sentence_states(
    language: str, text: str, named: tuple[tuple[str, str], ...], wanted: list[tuple[str, str, str, str, str]]
) -> None:
    assert stated(read(language, text, *named)) == wanted


@pytest.mark.model
def test_things_named_together_are_not_related() -> None:
    text = "Serum ferritin and thyrotropin were measured; aspirin and asthma were recorded."
    assert read("en", text, ("aspirin", "Drug"), ("asthma", "Disease")) == []
    assert read("zh", "记录患者的阿司匹林用药史和哮喘病史。", ("阿司匹林", "Drug"), ("哮喘", "Disease")) == []


@pytest.mark.model
def test_what_is_not_worth_its_price_is_not_denied_to_help() -> None:
    for text in ("Colchicine did not relieve gout.", "Colchicine was not a cost-effective option for gout."):
        denied = [f for f in read("en", text, ("Colchicine", "Drug"), ("gout", "Disease")) if f.firm]
        assert [f.polarity for f in denied] == (["negated"] if "did" in text else []), text


@pytest.mark.model
def test_a_denial_in_the_sentence_before_is_of_what_that_says() -> None:
    text = (
        "In our hands, no difference between loratadine and cetirizine was seen. Both of these drugs clearly inhibited "
        "the symptoms of allergic rhinitis."
    )
    found = read("en", text, ("loratadine", "Drug"), ("cetirizine", "Drug"), ("allergic rhinitis", "Disease"))
    assert [f for f in found if f.firm and f.polarity == "negated"] == []


@pytest.mark.model
def test_the_sentence_is_the_evidence_and_another_language_is_left() -> None:
    text = "记录如下。甲氨蝶呤可引起骨髓抑制。"
    (found,) = read("zh", text, ("甲氨蝶呤", "Drug"), ("骨髓抑制", "Phenotype"))
    assert text[found.start : found.end] == "甲氨蝶呤可引起骨髓抑制。"
    assert found.extractor.startswith("statements-zh/")
    assert reader("zh").find(text, [], "en") == []


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable):
        OnnxStatements(tmp_path)


@pytest.mark.model
def test_a_folder_that_is_not_whole_is_told(tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).symlink_to(MODELS / "statements-zh" / name)
    (tmp_path / "config.json").write_text(json.dumps({"language": "zh"}), encoding="utf-8")
    with pytest.raises(WeightsUnavailable, match="does not hold a reader of statements"):
        OnnxStatements(tmp_path)


@pytest.mark.model
def test_a_shut_gate_keeps_facts_and_nothing_else(tmp_path: Path) -> None:
    for name in ("model.onnx", "tokenizer.json", "config.json", "sureness.npz"):
        (tmp_path / name).symlink_to(MODELS / "statements-en" / name)
    text = "Sumatriptan is indicated for the acute treatment of migraine."
    named = [Mention(0, 11, "Sumatriptan", "Drug", "D:1", 1.0), Mention(52, 60, "migraine", "Disease", "C:1", 1.0)]
    without = OnnxStatements(tmp_path)
    assert without.find(text, named, "en", facts=True)
    np.savez(tmp_path / "gate.npz", weights=np.zeros(BUCKETS, np.float16), least=np.float32(0))
    shut = OnnxStatements(tmp_path)
    assert shut.find(text, named, "en", facts=True) == []
    assert shut.find(text, named, "en") == without.find(text, named, "en") != []
    assert shut.version != without.version
    (tmp_path / "gate.npz").write_bytes(b"")
    with pytest.raises(WeightsUnavailable):
        OnnxStatements(tmp_path)

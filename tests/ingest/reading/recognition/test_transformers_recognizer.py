"""Any token-classification model in the form of the hub, here one that is trained in the test."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import WeightsUnavailable
from ingest.reading.recognition.transformers_recognizer import TransformersRecognizer

pytestmark = pytest.mark.model

TEXT = "naloxone relieved renal failure in rats"
LABELS = ["O", "B-CHEM", "I-CHEM", "B-Disease", "I-Disease"]
GOLD = {"nal": 1, "##oxone": 2, "renal": 3, "failure": 4}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("hub")
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "relieved", "in", "rats", "and", *GOLD]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt"), model_max_length=128)
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=128, num_labels=len(LABELS), id2label=dict(enumerate(LABELS)),
        label2id={name: at for at, name in enumerate(LABELS)},
    )  # fmt: skip
    network = transformers.BertForTokenClassification(config)
    words = torch.tensor([[pieces.index(p) for p in ("[CLS]", "and", *GOLD, "relieved", "in", "rats", "[SEP]")]])
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    generator = torch.Generator().manual_seed(0)
    for _ in range(150):
        # In any order, so that the words are learned and not their places.
        order = torch.randperm(words.shape[1], generator=generator)
        ids = words[:, order]
        wanted = torch.tensor([[GOLD.get(pieces[int(id)], 0) for id in ids[0]]])
        loss = network(input_ids=ids, labels=wanted).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    network.save_pretrained(folder)
    return folder


def test_labels_of_the_hub_become_ours(model: Path) -> None:
    spans = TransformersRecognizer(str(model)).recognize([TEXT])[0]
    assert [(TEXT[s.start : s.end], s.label) for s in spans] == [
        ("naloxone", "Chemical"),
        ("renal failure", "Disease"),
    ]


def test_a_text_longer_than_the_model_is_read_to_its_end(model: Path) -> None:
    text = " and ".join([TEXT] * 40)
    spans = TransformersRecognizer(str(model)).recognize([text, "", TEXT])
    assert [text[s.start : s.end] for s in spans[0]] == ["naloxone", "renal failure"] * 40
    assert spans[1] == []
    assert len(spans[2]) == 2


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match="no token-classification model"):
        TransformersRecognizer(str(tmp_path))

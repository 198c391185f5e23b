"""`medgraph train retriever`, over a BERT of two narrow layers, as a user calls it; and what it is made of."""

from __future__ import annotations

import json
import random
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api.cli.main import main
from ingest.errors import MalformedFile
from retrieval.onnx_encoder import OnnxEncoder

pytestmark = pytest.mark.model

DRUGS = ("aspirin", "naloxone", "warfarin", "digoxin", "metformin", "clonidine")
DISEASES = ("asthma", "renal failure", "hypotension", "lung cancer", "gout", "migraine")


@pytest.fixture
def started(base: Path, tmp_path: Path) -> Path:
    """A folder with a tokenizer and weights to start from."""
    from transformers import AutoTokenizer

    folder = tmp_path / "started"
    folder.mkdir()
    for file in base.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    AutoTokenizer.from_pretrained(base).backend_tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.jsonl"
    rows = [
        {
            "id": f"PMID:{number}{a}{b}",
            "title": f"{drug} for {disease}",
            "text": f"We saw {disease} after {drug} was given. " * 12 + "." * number,
        }
        for a, drug in enumerate(DRUGS)
        for b, disease in enumerate(DISEASES)
        for number in range(1, 6)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_training_brings_questions_to_their_texts_and_leaves_an_encoder(
    started: Path, texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    given = ["train", "retriever", str(texts), "--base", str(started), "--out", str(out)]
    assert main([*given, "--steps", "20", "--size", "8", "--rate", "1e-2"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["batches"] >= 2
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == told["batches"]
    losses = [line["of_sentences"] for line in lines]
    assert sum(losses[-4:]) < sum(losses[:4])
    encoder = OnnxEncoder(out)
    vectors = encoder.encode(["aspirin for gout", "We saw gout after aspirin was given."])
    assert vectors.shape == (2, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    (whole,) = (vectors[:1] @ single_precision(out, "aspirin for gout")).tolist()
    assert whole > 0.97, "int8 stays near the single precision it is made from"
    encoder.close()


def single_precision(out: Path, text: str) -> Any:
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoModel

    network = AutoModel.from_pretrained(out / "network", add_pooling_layer=False)
    ids = torch.tensor([Tokenizer.from_file(str(out / "tokenizer.json")).encode(text).ids])
    with torch.no_grad():
        return torch.nn.functional.normalize(network(input_ids=ids).last_hidden_state[0, 0], dim=0).numpy()


def test_what_is_left_out_is_not_learnt_from(
    started: Path, texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = tmp_path / "held.txt"
    rows = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()]
    held.write_text("\n".join(row["id"] for row in rows), encoding="utf-8")
    given = ["train", "retriever", str(texts), "--base", str(started), "--out", str(tmp_path / "out")]
    assert main([*given, "--left-out", str(held)]) == 2
    assert "too few" in capsys.readouterr().err


def test_weights_come_back_out_of_a_published_file(base: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModel

    from training.retriever.base import restored

    network: Any = AutoModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager").eval()
    ids = torch.tensor([[2, 7, 9, 11, 3]])
    with torch.no_grad():  # as trained weights are: equal ones would be written once, under one name
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) / 50)

    class States(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embeddings, self.encoder = network.embeddings, network.encoder

        def forward(self, ids: Any) -> Any:
            return self.encoder(self.embeddings(input_ids=ids)).last_hidden_state

    path = tmp_path / "model.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(States().eval(), (ids,), str(path), input_names=["ids"], opset_version=17, dynamo=False)
    again = restored(path, network.config.num_attention_heads)
    with torch.no_grad():
        assert torch.allclose(again(input_ids=ids)[0], network(input_ids=ids)[0], atol=1e-4)


def test_a_file_that_is_no_bert_is_named(tmp_path: Path) -> None:
    import onnx
    from onnx import TensorProto, helper

    from training.retriever.base import restored

    graph = helper.make_graph(
        [helper.make_node("Identity", ["a"], ["b"])],
        "none",
        [helper.make_tensor_value_info("a", TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("b", TensorProto.FLOAT, [1])],
    )
    onnx.save(helper.make_model(graph), tmp_path / "other.onnx")
    with pytest.raises(MalformedFile, match=r"other\.onnx"):
        restored(tmp_path / "other.onnx", 12)


def test_a_piece_is_of_whole_sentences() -> None:
    from training.retriever.contrast import PIECE, piece

    text = "Half of them took the drug for a year. " * 60
    chance = random.Random(1)
    seen = {piece(text, chance) for _ in range(40)}
    assert len(seen) > 1
    assert all(len(one) <= PIECE + 80 and one.startswith("Half") for one in seen)

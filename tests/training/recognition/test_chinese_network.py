from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.reading.recognition import chinese_text
from ingest.reading.recognition.chinese_text import Tokens

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def network(base: Path) -> Any:
    from training.recognition.chinese_network import make

    return make(base, [3, 5], 1).eval()


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from tokenizers import Tokenizer, models

    pieces = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "痛", "风"]
    return chinese_text.divide(Tokenizer(models.Unigram([(piece, -1.0) for piece in pieces], unk_id=3)))


def tokens(count: int) -> Tokens:
    ids = np.full(count, 5, np.int64)
    return Tokens(ids, ids, np.zeros(count, np.int64), np.zeros((count, 2), np.int32))


def test_texts_are_framed_and_filled_up(tokenizer: Any) -> None:
    from training.recognition.chinese_network import inputs

    given = inputs([tokens(1), tokens(3)], tokenizer, "cpu")
    assert given["ids"].tolist() == [[0, 5, 2, 0, 0], [0, 5, 5, 5, 2]]
    assert given["mask"].sum(1).tolist() == [3, 5]
    assert "mask" not in inputs([tokens(2), tokens(2)], tokenizer, "cpu")


def test_each_corpus_has_labels_of_its_own(network: Any, tokenizer: Any) -> None:
    from training.recognition.chinese_network import inputs

    given = inputs([tokens(1), tokens(3)], tokenizer, "cpu")
    hidden = network(**given)
    assert [tuple(network.emissions(hidden, at).shape) for at in (0, 1)] == [(2, 5, 3), (2, 5, 5)]
    assert tuple(network.told(hidden, given["mask"]).shape) == (2, 2)
    assert float(network.moves(1)[0, 2].detach()) == pytest.approx(-1e4)
    assert len(network.encoder.encoder.layer) == 1


def test_lower_layers_learn_more_slowly_and_what_is_new_faster(network: Any) -> None:
    rates = sorted({group["lr"] for group in network.groups(1e-3, 0.5)})
    assert rates == pytest.approx([5e-4, 1e-3, 5e-3])


def test_what_is_exported_says_what_the_network_says(network: Any, tokenizer: Any, tmp_path: Path) -> None:
    import onnxruntime

    from training.recognition.chinese_network import export, inputs

    given = inputs([tokens(6)], tokenizer, "cpu")
    hidden = network.eval()(**given)
    export(network, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx", providers=["CPUExecutionProvider"])
    first, second, style = session.run(None, {name: value.numpy() for name, value in given.items()})
    # int8 costs so small a network a good deal.
    assert np.corrcoef(first.ravel(), network.heads[0](hidden).detach().numpy().ravel())[0, 1] > 0.9
    assert second.shape == (1, 8, 5)
    assert style.shape == (1, 2)

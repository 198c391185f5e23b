"""A recognizer is trained, exported, and reads the same in torch and in ONNX."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ingest.reading.recognition import labels
from ingest.reading.recognition.gazetteer import Gazetteer
from ingest.reading.recognition.onnx_recognizer import OnnxRecognizer
from ingest.reading.recognition.recognizer import Span
from training.corpora import annotated
from training.recognition.crf import likelihood

pytestmark = pytest.mark.model


def test_learns_what_the_corpora_say(trained: Path) -> None:
    recognizer = OnnxRecognizer(trained)
    text = "Those who took digoxin for renal failure did well."
    found = [(text[s.start : s.end], s.label) for s in recognizer.recognize([text])[0]]
    assert found == [("digoxin", "Chemical"), ("renal failure", "Disease")]


def test_a_corpus_without_drugs_does_not_teach_that_there_are_none(corpora: Path, trained: Path) -> None:
    """Drugs are found in the very sentences that the corpus of diseases leaves them unmarked in."""
    examples = annotated(corpora / "diseases" / "train.pubtator")
    assert all(span.label == "Disease" for example in examples for span in example.spans)
    found = OnnxRecognizer(trained).recognize([example.text for example in examples])
    assert sum(any(s.label == "Chemical" for s in spans) for spans in found) >= 0.9 * len(examples)


def test_the_log_has_a_line_an_epoch(trained: Path) -> None:
    lines = [json.loads(line) for line in (trained / "log.jsonl").read_text().splitlines()]
    assert [line["epoch"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[-1]["loss"] < lines[0]["loss"]


def test_goes_on_from_its_checkpoint(corpora: Path, base: Path, tmp_path: Path) -> None:
    from training.recognition import ner

    train = {"both": annotated(corpora / "both" / "train.pubtator")}
    table = Gazetteer.build([])
    ner.train(train, {}, str(base), tmp_path, table, epochs=1, tokens=512)
    assert (tmp_path / "checkpoint.pt").is_file()
    ner.train(train, {}, str(base), tmp_path, table, epochs=3, tokens=512)
    epochs = [json.loads(line)["epoch"] for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert epochs == [1, 2, 3]


def test_torch_reads_what_onnx_reads(trained: Path, corpora: Path) -> None:
    from ingest.reading.recognition.torch_recognizer import TorchRecognizer

    texts = [example.text for example in annotated(corpora / "both" / "dev.pubtator")]

    def places(found: list[list[Span]]) -> list[list[tuple[int, int, str]]]:
        return [[(s.start, s.end, s.label) for s in spans] for spans in found]

    ours = places(OnnxRecognizer(trained).recognize(texts))
    theirs = places(TorchRecognizer(trained, device="cpu").recognize(texts))
    assert sum(a == b for a, b in zip(ours, theirs, strict=True)) >= 0.95 * len(texts)


def test_the_likelihood_and_its_gradient_are_those_of_autograd() -> None:
    import torch

    torch.manual_seed(0)
    texts, words, count = 3, 7, 5
    emissions = torch.randn(texts, words, count, dtype=torch.double, requires_grad=True)
    moves = torch.randn(count, count, dtype=torch.double, requires_grad=True)
    allowed = torch.rand(texts, words, count) > 0.4
    allowed[:, :, 0] = True
    there = torch.ones(texts, words, dtype=torch.bool)
    there[1, 4:] = there[2, 6:] = False
    rules = torch.from_numpy(labels.transitions(count)).clamp(min=-1e4).double()

    def plain() -> torch.Tensor:
        steps = moves + rules
        total = torch.zeros((), dtype=torch.double)
        for row in range(texts):
            for sign, mask in ((1, allowed[row]), (-1, torch.ones_like(allowed[row]))):
                scores = torch.where(mask, emissions[row], emissions[row] - 1e4)
                state = scores[0] + steps[0]
                for at in range(1, int(there[row].sum())):
                    state = torch.logsumexp(state[:, None] + steps, 0) + scores[at]
                total = total + sign * torch.logsumexp(state, 0)
        return total / there.sum()

    expected = plain()
    wanted = torch.autograd.grad(expected, (emissions, moves))
    value = likelihood(emissions, moves + rules, allowed, there)
    found = torch.autograd.grad(value, (emissions, moves))
    assert value.item() == pytest.approx(expected.item())
    for ours, theirs in zip(found, wanted, strict=True):
        np.testing.assert_allclose(ours.numpy(), theirs.numpy(), atol=1e-12)

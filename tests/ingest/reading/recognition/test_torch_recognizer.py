from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import WeightsUnavailable
from ingest.reading.recognition.onnx_recognizer import OnnxRecognizer
from ingest.reading.recognition.torch_recognizer import TorchRecognizer

pytestmark = pytest.mark.model
FOLDER = Path(__file__).resolve().parents[4] / "models" / "ner-en"
TEXTS = ("Tamoxifen prevents breast cancer in women.", "", "Naloxone reversed the hypotension of clonidine.")


def test_the_shipped_weights_read_in_torch_what_they_read_in_onnx() -> None:
    pytest.importorskip("torch")
    torch, onnx = TorchRecognizer(FOLDER, device="cpu"), OnnxRecognizer(FOLDER, threads=1)
    ours, theirs = torch.recognize(TEXTS), onnx.recognize(TEXTS)
    assert [[(s.start, s.end, s.label) for s in row] for row in ours] == [
        [(s.start, s.end, s.label) for s in row] for row in theirs
    ]
    assert sum(map(len, ours)) >= 4
    assert torch.version == f"{onnx.version}/torch"
    for recognizer in (torch, onnx):
        recognizer.close()
        recognizer.close()


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    with pytest.raises(WeightsUnavailable, match="does not hold a recognizer"):
        TorchRecognizer(tmp_path)

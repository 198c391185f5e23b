"""Any token-classification model of the Hugging Face hub, or a folder of one, as a recognizer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ingest.errors import WeightsUnavailable
from ingest.reading.recognition.network import by_length
from ingest.reading.recognition.recognizer import Span

VERSION = 1
_TOKENS = {"cuda": 32_768, "cpu": 2_048}
_STRIDE = 32
_LABELS = {
    "chemical": "Chemical", "chem": "Chemical", "drug": "Chemical", "simple_chemical": "Chemical",
    "disease": "Disease", "dis": "Disease", "disease_or_phenotypic_feature": "Disease", "gene": "Gene",
    "gene_or_gene_product": "Gene", "protein": "Gene", "gene_protein": "Gene", "variant": "Variant",
    "sequencevariant": "Variant", "mutation": "Variant", "species": "Species", "organismtaxon": "Species",
    "organism": "Species", "cellline": "CellLine", "cell_line": "CellLine",
}  # fmt: skip
"""What models call the types that the rest of the reader knows; other names stay as they are."""


class TransformersRecognizer:
    """Keeps `Recognizer` with a model id or folder; on a GPU, in float16, where there is one.

    Labels of the forms B-X/I-X, X, and S-X/E-X are understood.
    """

    def __init__(self, model: str) -> None:
        """Raise WeightsUnavailable if transformers is not installed or there is no such model."""
        try:
            import torch
            from transformers import AutoModelForTokenClassification, AutoTokenizer
        except ModuleNotFoundError as error:
            raise WeightsUnavailable(f"{model} needs the extra `models`: {error.name} is missing") from error
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        kind = torch.float16 if self._device == "cuda" else torch.float32
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(model)
            self._model: Any = AutoModelForTokenClassification.from_pretrained(model, dtype=kind)
        except (OSError, ValueError) as error:
            raise WeightsUnavailable(f"no token-classification model {model}: {error}") from error
        if not self._tokenizer.is_fast:
            raise WeightsUnavailable(f"{model} has no fast tokenizer, which offsets into the text need")
        self._model.eval().to(self._device)
        self._labels = [self._model.config.id2label[at] for at in range(self._model.config.num_labels)]
        limit = int(min(self._tokenizer.model_max_length, getattr(self._model.config, "max_position_embeddings", 512)))
        # Roberta's positions begin at 2.
        self._limit = max(_STRIDE * 2, min(512, limit) - (2 if limit == 514 else 0))
        self._version = f"{model}/{VERSION}"

    @property
    def version(self) -> str:
        return self._version

    def recognize(self, texts: Sequence[str]) -> list[list[Span]]:
        """One list a text, in order; sorted by length they go through the model together."""
        import torch

        if not texts:
            return []
        encoded = self._tokenizer(
            list(texts), truncation=True, max_length=self._limit, stride=_STRIDE, return_overflowing_tokens=True,
            return_offsets_mapping=True,
        )  # fmt: skip
        rows = encoded["overflow_to_sample_mapping"]
        probabilities: list[Any] = [None] * len(rows)
        for group in by_length([len(ids) for ids in encoded["input_ids"]], _TOKENS[self._device]):
            batch = self._tokenizer.pad({"input_ids": [encoded["input_ids"][at] for at in group]}, return_tensors="pt")
            with torch.no_grad():
                logits = self._model(**batch.to(self._device)).logits.float()
            for at, row in zip(group, logits.softmax(-1).cpu().numpy(), strict=True):
                probabilities[at] = row[: len(encoded["input_ids"][at])]
        words: list[dict[tuple[int, int], Any]] = [{} for _ in texts]
        for at, row in enumerate(rows):
            for offset, scores, word in zip(
                encoded["offset_mapping"][at], probabilities[at], encoded.word_ids(at), strict=True
            ):
                # Of a token that two windows share, the first window that saw it decides.
                if word is not None and offset[0] < offset[1]:
                    words[row].setdefault(tuple(offset), scores)
        return [self._spans(text, sorted(tokens.items())) for text, tokens in zip(texts, words, strict=True)]

    def close(self) -> None:
        """Let go of the weights, the largest share of what it holds of a GPU."""
        self._model = None

    def _spans(self, text: str, tokens: list[tuple[tuple[int, int], Any]]) -> list[Span]:
        spans: list[Span] = []
        inside = False
        for (start, end), scores in tokens:
            name = self._labels[int(np.argmax(scores))]
            score = round(float(np.max(scores)), 4)
            mark, _, kind = name.partition("-") if name[1:2] == "-" else ("I", "", name)
            if name in ("O", "0") or mark == "O":
                # The rest of a word whose beginning was named belongs to it.
                glued = bool(spans) and inside and spans[-1].end == start and text[start:end].isalnum()
                if glued:
                    spans[-1] = Span(spans[-1].start, end, spans[-1].label, spans[-1].score)
                inside = glued
                continue
            label = _LABELS.get(kind.lower(), kind)
            joined = inside and spans[-1].label == label and (mark not in "BS" or spans[-1].end == start)
            if joined and not text[spans[-1].end : start].strip():
                spans[-1] = Span(spans[-1].start, end, label, min(score, spans[-1].score))
            else:
                spans.append(Span(start, end, label, score))
            inside = mark not in "ES"
        return spans

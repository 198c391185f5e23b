"""The network of a recognizer in torch: what is trained, and what runs on a GPU.

An encoder; names of the field as features at its input; a score for each label of each word, and for each pair of
labels that follow one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.reading.recognition import labels
from ingest.reading.recognition.decode import decode
from ingest.reading.recognition.gazetteer import Gazetteer
from ingest.reading.recognition.recognizer import Span
from ingest.reading.recognition.tokens import COLUMNS, Window, windows

if TYPE_CHECKING:
    import torch


def make(encoder: Any, count: int) -> Any:
    """The network over `encoder` (a transformers model) with `count` labels, its head untrained."""
    import torch

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder: Any = encoder
            width = self.encoder.config.hidden_size
            self.features = torch.nn.Linear(COLUMNS, width, bias=False)
            torch.nn.init.zeros_(self.features.weight)
            self.dropout = torch.nn.Dropout(0.15)
            self.labels = torch.nn.Linear(width, count)
            self.moves = torch.nn.Parameter(torch.zeros(count, count))
            self.register_buffer("rules", torch.from_numpy(labels.transitions(count)).clamp(min=-1e4))

        def forward(self, ids: Any, features: Any, mask: Any, first: Any, last: Any) -> Any:
            """Emissions of shape (texts, words, labels)."""
            words = self.encoder.get_input_embeddings()(ids) + self.features(features)
            hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
            index = first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
            other = last.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
            return self.labels(self.dropout((hidden.gather(1, index) + hidden.gather(1, other)) / 2))

    return Network()


def moves(network: Any) -> Any:
    """What it costs one label to follow another, rules included, float32 of shape (labels, labels)."""
    return (network.moves + network.rules).detach().float().cpu().numpy()


def read(
    network: Any,
    texts: Sequence[str],
    tokenizer: Any,
    gazetteer: Gazetteer,
    limit: int,
    types: Sequence[str],
    tokens: int,
) -> list[list[Span]]:
    """What `network` finds in each of `texts`; windows of all of them go through it sorted by length.

    A batch holds at most `tokens` of them, padding included. Neighbours change the last bits of a score, no more.
    """
    import torch

    device = next(network.parameters()).device
    cut = [list(windows(text, tokenizer, gazetteer, limit)) for text in texts]
    flat = [(row, window) for row, inside in enumerate(cut) for window in inside]
    kept: list[list[tuple[Window, Any]]] = [[] for _ in texts]
    emitted: list[Any] = [None] * len(flat)
    for group in by_length([len(window.ids) for _, window in flat], tokens):
        with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16):
            rows = network(**inputs([flat[at][1] for at in group], device)).float().cpu().numpy()
        for at, row in zip(group, rows, strict=True):
            emitted[at] = row[: len(flat[at][1].first)]
    for (row, window), emissions in zip(flat, emitted, strict=True):
        kept[row].append((window, emissions))
    return [decode(text, parts, moves(network), types) for text, parts in zip(texts, kept, strict=True)]


def by_length(lengths: Sequence[float], tokens: int) -> list[list[int]]:
    """Indices in groups of about the same length, each of at most `tokens` with its padding."""
    groups: list[list[int]] = []
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not groups or lengths[at] * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(at)
    return groups


def inputs(batch: Sequence[Window], device: Any) -> dict[str, torch.Tensor]:
    """The padded inputs of a network for windows."""
    import torch

    long = max(len(window.ids) for window in batch)
    wide = max(len(window.first) for window in batch)
    ids = np.zeros((len(batch), long), np.int64)
    features = np.zeros((len(batch), long, COLUMNS), np.float32)
    mask = np.zeros((len(batch), long), np.int64)
    first, last = np.zeros((len(batch), wide), np.int64), np.zeros((len(batch), wide), np.int64)
    for row, window in enumerate(batch):
        ids[row, : len(window.ids)] = window.ids
        features[row, : len(window.ids)] = window.features
        mask[row, : len(window.ids)] = 1
        first[row, : len(window.first)], last[row, : len(window.last)] = window.first, window.last
    arrays = {"ids": ids, "features": features, "mask": mask, "first": first, "last": last}
    return {name: torch.from_numpy(array).to(device) for name, array in arrays.items()}

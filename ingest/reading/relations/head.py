"""The head over pairs of entities, in numpy: what `training.relations.network` computes behind the encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_LAYERS = ("query", "key", "subject", "object", "bilinear", "told", "added")


class Head:
    """Weights by layer, each (out, in) with its bias, as torch keeps them."""

    def __init__(self, arrays: Mapping[str, Array], heads: int, block: int) -> None:
        self._layers = {
            name: (arrays[f"{name}.weight"].astype(np.float32).T, arrays[f"{name}.bias"].astype(np.float32))
            for name in _LAYERS
        }
        self._trust = arrays["trust"].astype(np.float32)
        self._heads, self._block = heads, block

    def score(
        self,
        last: Array,
        before: Array,
        marks: Sequence[Sequence[int]],
        pairs: Sequence[tuple[int, int]],
        rows: Array,
        prior: Array,
    ) -> tuple[Array, Array]:
        """Logits (pairs, outputs), and where each pair looks (pairs, tokens; each row sums to one).

        `last` and `before` are the encoder's last layer and the one before (tokens, width), `marks` the places of each
        entity's markers, `rows` the scaled features and `prior` what the forests say.
        """
        places = [place for own in marks for place in own]
        width = last.shape[1] // self._heads
        query = self._layer("query", before[places]).reshape(len(places), self._heads, width)
        key = self._layer("key", before).reshape(len(before), self._heads, width)
        # (heads, markers, tokens)
        raw = np.matmul(query.transpose(1, 0, 2), key.transpose(1, 2, 0)) / np.float32(np.sqrt(width))
        np.exp(raw - raw.max(2, keepdims=True), out=raw)
        raw /= raw.sum(2, keepdims=True)
        entity, looks = [], []
        at = 0
        for own in marks:
            states = last[list(own)]
            top = states.max(0)
            entity.append(top + np.log(np.exp(states - top).sum(0)))
            looks.append(raw[:, at : at + len(own)].mean(1))
            at += len(own)
        entities, seen = np.stack(entity), np.stack(looks)
        first, second = [i for i, _ in pairs], [j for _, j in pairs]
        both = np.einsum("pht,pht->pt", seen[first], seen[second])
        both /= both.sum(1, keepdims=True) + np.float32(1e-12)
        context = both @ last
        left = np.tanh(self._layer("subject", np.concatenate([entities[first], context], 1)))
        right = np.tanh(self._layer("object", np.concatenate([entities[second], context], 1)))
        shape = len(pairs), -1, self._block
        product = left.reshape(shape)[..., None] * right.reshape(shape)[:, :, None, :]
        logits = self._layer("bilinear", product.reshape(len(pairs), -1))
        told = self._layer("added", np.tanh(self._layer("told", rows))) + self._trust * prior
        logits[:, : told.shape[1]] += told
        return logits, both

    def _layer(self, name: str, inputs: Array) -> Array:
        weight, bias = self._layers[name]
        result: Array = inputs @ weight + bias
        return result

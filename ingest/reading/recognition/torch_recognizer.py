"""The shipped recognizer on a GPU: the weights of the ONNX file in torch, many texts at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.errors import WeightsUnavailable
from ingest.reading.recognition import labels
from ingest.reading.recognition.gazetteer import Gazetteer
from ingest.reading.recognition.network import make, read
from ingest.reading.recognition.onnx_recognizer import VERSION, bare_tokenizer
from ingest.reading.recognition.recognizer import Span

_TOKENS = 65_536
"""Tokens in a batch, padding included: some 3 GB of a GPU's memory."""


class TorchRecognizer:
    """Keeps `Recognizer` with the same folder as `OnnxRecognizer`, on a GPU where there is one.

    Matrices are multiplied in bfloat16 and activations are not quantised, so scores differ a little from those of
    `OnnxRecognizer`, and its version says so.
    """

    def __init__(self, folder: Path, device: str = "") -> None:
        """Raise WeightsUnavailable if the folder does not hold a recognizer, or torch is not installed."""
        try:
            import torch
            from transformers import AutoConfig, AutoModel
        except ModuleNotFoundError as error:
            raise WeightsUnavailable(f"the extra `models` is not installed: no {error.name}") from error
        try:
            config = json.loads((folder / "config.json").read_bytes())
            self._types: list[str] = config["types"]
            self._limit: int = config["limit"]
            self.gazetteer = Gazetteer.load(folder / "gazetteer.npz")
            self.tokenizer = bare_tokenizer(folder / "tokenizer.json")
            form = AutoConfig.for_model(**config["encoder"])
            weights = restored(folder / "model.onnx")
        except (OSError, ValueError, KeyError) as error:
            raise WeightsUnavailable(f"{folder} does not hold a recognizer: {error}") from error
        make_encoder: Any = AutoModel.from_config  # transformers gives it no types
        encoder = make_encoder(form, attn_implementation="sdpa", add_pooling_layer=False)
        self.network: Any = make(encoder, len(labels.names(self._types)))
        wanted = self.network.state_dict()
        weights |= {"moves": torch.tensor(config["moves"]) - wanted["rules"], "rules": wanted["rules"]}
        missing = sorted(name for name in wanted if name not in weights and not name.endswith("_ids"))
        if missing:
            raise WeightsUnavailable(f"{folder / 'model.onnx'} lacks {', '.join(missing[:3])}")
        self.network.load_state_dict({name: weights.get(name, value) for name, value in wanted.items()})
        self.network.eval().to(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        self._version = f"{folder.resolve().name}/{VERSION}/torch"

    @property
    def version(self) -> str:
        return self._version

    def recognize(self, texts: Sequence[str]) -> list[list[Span]]:
        """One list a text, in order; sorted by length they go through the network together."""
        return read(self.network, texts, self.tokenizer, self.gazetteer, self._limit, self._types, _TOKENS)

    def close(self) -> None:
        """Let go of the weights, the largest share of what it holds of a GPU."""
        self.network = None


def restored(path: Path) -> dict[str, Any]:
    """The weights of an ONNX file that `training.export` wrote, by their names in torch.

    What is int8 there is multiplied by its scale. A matrix is named by the node that multiplies with it, which carries
    the path of its layer. Raises OSError, ValueError.
    """
    import numpy as np
    import onnx
    import torch
    from google.protobuf.message import DecodeError
    from onnx import numpy_helper

    try:
        graph = onnx.load(path).graph
    except DecodeError as error:
        raise ValueError(f"{path.name} is no ONNX file") from error
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights: dict[str, Any] = {}
    for name, array in stored.items():
        if name.startswith("network.") and array.dtype == np.float32:
            weights[name.removeprefix("network.")] = array
        elif name.startswith("network.") and array.dtype == np.int8 and f"{name}_scales" in stored:
            weights[name.removeprefix("network.")] = array.astype(np.float32) * stored[f"{name}_scales"]
    for node in graph.node:
        layer, _, kind = node.name.removeprefix("/network/").rpartition("/")
        if kind.startswith("MatMul") and len(node.input) > 1 and node.input[1] in stored:
            array = stored[node.input[1]]
            if array.dtype == np.int8:
                array = array.astype(np.float32) * stored[node.input[1].removesuffix("_quantized") + "_scale"]
            weights[f"{layer.replace('/', '.')}.weight"] = array.T
    return {name: torch.from_numpy(np.array(array)) for name, array in weights.items()}

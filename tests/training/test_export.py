from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.model


@pytest.fixture
def network() -> Any:
    torch = pytest.importorskip("torch")

    class Small(torch.nn.Module):  # type: ignore[misc, name-defined]  # torch is there or the test is not run
        def __init__(self) -> None:
            super().__init__()
            self.words = torch.nn.Embedding(200, 32)
            self.first, self.second = torch.nn.Linear(32, 32), torch.nn.Linear(32, 3)

        def forward(self, ids: Any) -> Any:
            return self.second(torch.tanh(self.first(self.words(ids))))

    torch.manual_seed(1)
    return Small()


@pytest.mark.parametrize("exact", [None, "first"])
def test_a_small_file_says_what_the_network_says(network: Any, exact: str | None, tmp_path: Path) -> None:
    import onnx
    import onnxruntime
    import torch

    from training.export import export

    path = tmp_path / "model.onnx"
    ids = torch.arange(7)[None]
    export(network, {"ids": ids}, {"ids": {1: "tokens"}}, ["scores"], path, exact=exact)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    longer = np.arange(20)[None]  # the dimension that `axes` names varies
    (scores,) = session.run(None, {"ids": longer})
    expected = network(torch.from_numpy(longer)).detach().numpy()
    # Where a processor lacks VNNI, a sum of int8 products may saturate here and there: so small a network feels it.
    assert np.corrcoef(scores.ravel(), expected.ravel())[0, 1] > 0.95
    kinds = {t.name: t.data_type for t in onnx.load(path).graph.initializer if len(t.dims) == 2 and t.dims[0] > 1}
    assert list(kinds.values()).count(onnx.TensorProto.INT8) == 3
    products = [node.op_type for node in onnx.load(path).graph.node if node.op_type.startswith("MatMul")]
    assert products.count("MatMul") == (1 if exact else 0)

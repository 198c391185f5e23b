from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.model
def test_a_pair_is_scored_alike_alone_and_in_a_padded_batch(base: Path) -> None:
    import torch

    from training.statements.network import make

    torch.manual_seed(1)
    network = make(str(base), vocabulary=20, markers=4, outputs=5, layers=1).eval()
    assert network.encoder.config.num_hidden_layers == len(network.encoder.encoder.layer) == 1
    ids = torch.tensor([[2, 20, 8, 21, 9, 22, 10, 23, 3]])
    first, second = torch.tensor([1, 5]), torch.tensor([5, 1])
    alone = network(ids, first, second)
    assert alone.shape == (2, 5)
    padded, mask = torch.cat([ids, torch.zeros(1, 4, dtype=torch.long)], 1), torch.tensor([[1] * 9 + [0] * 4])
    again = network.score(network.read(padded, mask)[0], mask[0], first, second)
    assert torch.allclose(alone, again, atol=1e-5)
    assert not torch.allclose(alone[0], alone[1])

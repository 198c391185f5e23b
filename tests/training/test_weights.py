from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.errors import MalformedFile

pytestmark = pytest.mark.model


def network(size: int = 3, seed: int = 1) -> Any:
    import torch

    torch.manual_seed(seed)
    return torch.nn.Linear(2, size)


def left(folder: Path, of: Any) -> Path:
    from safetensors.torch import save_file

    folder.mkdir()
    save_file(of.state_dict(), folder / "weights.safetensors")
    return folder / "weights.safetensors"


def test_a_network_goes_on_from_what_another_training_left(tmp_path: Path) -> None:
    from training.weights import begin

    first, second = network(), network(seed=2)
    begin(second, left(tmp_path / "first", first))
    assert all(value.equal(first.state_dict()[name]) for name, value in second.state_dict().items())


def test_a_share_of_the_new_weights_is_shipped_and_the_folder_left_as_it_is(tmp_path: Path) -> None:
    from training.weights import shipped

    first, second = network(), network(seed=2)
    old, new = left(tmp_path / "first", first), left(tmp_path / "second", second)
    before = new.read_bytes()
    mean = shipped(new.parent, old, 0.75)
    assert mean["bias"].allclose(0.25 * first.bias + 0.75 * second.bias)
    assert mean["weight"].allclose(0.25 * first.weight + 0.75 * second.weight)
    assert shipped(new.parent)["bias"].equal(second.bias)
    assert new.read_bytes() == before


def test_weights_of_another_network_or_none_are_refused_by_their_file(tmp_path: Path) -> None:
    from training.weights import begin, shipped

    new = left(tmp_path / "new", network())
    other = left(tmp_path / "other", network(4))
    with pytest.raises(MalformedFile, match=r"other/weights\.safetensors: these are the weights of another"):
        shipped(new.parent, other)
    with pytest.raises(MalformedFile, match="another network"):
        begin(network(), other)
    torn = tmp_path / "torn.safetensors"
    torn.write_bytes(new.read_bytes()[:20])
    with pytest.raises(MalformedFile, match=r"torn\.safetensors: no safetensors file"):
        begin(network(), torn)

"""The weights of a network as trainings leave them, to go on from and to take the mean of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import MalformedFile

if TYPE_CHECKING:
    from torch import Tensor

NAME = "weights.safetensors"
"""Of the best epoch, in the folder of a training."""


def begin(network: Any, start: Path) -> None:
    """Give `network` the weights of an earlier training of the same kind. Raises MalformedFile."""
    _fit(network.state_dict(), earlier := _read(start), start)
    network.load_state_dict(earlier)


def shipped(folder: Path, mean_with: Path | None = None, share: float = 0.5) -> dict[str, Tensor]:
    """The tensors that a training left in `folder`; with `mean_with`, a file of the same network, `share` of them and
    the rest of those of the file (Wortsman et al. 2022, robust fine-tuning by the mean of weights).

    The folder stays as it is, so the same call says the same again. Raises MalformedFile.
    """
    new = _read(folder / NAME)
    if mean_with is None:
        return new
    _fit(new, old := _read(mean_with), mean_with)
    return {name: (1 - share) * old[name] + share * value for name, value in new.items()}


def _read(path: Path) -> dict[str, Tensor]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except SafetensorError as error:
        raise MalformedFile(str(path), "", f"no safetensors file: {error}") from None


def _fit(wanted: dict[str, Tensor], given: dict[str, Tensor], path: Path) -> None:
    if {name: value.shape for name, value in wanted.items()} != {name: value.shape for name, value in given.items()}:
        raise MalformedFile(str(path), "", "these are the weights of another network")

"""How the engine is opened. What it needs is imported then: most commands need none of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import ModelUnavailable

if TYPE_CHECKING:
    from qa.drugs.repurpose.rank import Repurposing


def opened_from(folder: Path) -> Repurposing:
    """What ranks by the weights in this folder. Raises ModelUnavailable."""
    from qa.drugs.repurpose.rank import Repurposing
    from qa.drugs.repurpose.weights import read

    try:
        return Repurposing(read(folder / "weights.json"))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"the weights for repurposing in {folder} cannot be read: {error}") from error

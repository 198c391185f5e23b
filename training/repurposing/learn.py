"""The weights of `models/repurposing`, from a folder of Hetionet alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa.drugs.repurpose.network import Network
from qa.drugs.repurpose.weights import Weights, write
from training.repurposing.features import Crossed, kinds, pairs
from training.repurposing.fit import fit
from training.repurposing.graph import of_hetionet

UNSTATED = {"C": 20, "G": 3}
"""So many pairs that are not stated are learnt from, for each that is: for genes there are thousands of times more."""


def learn(folder: Path, out: Path, *, seed: int = 1) -> dict[str, Any]:
    """Write `weights.json` to `out`, and say what was learnt from. Raises UnreadableSource, OSError."""
    network = of_hetionet(folder)
    out.mkdir(parents=True, exist_ok=True)
    models: dict[str, Weights] = {}
    told: dict[str, Any] = {}
    for start in UNSTATED:
        models[start], told[start] = model(network, start, seed=seed)
    write(models, out / "weights.json")
    return told


def model(network: Network, start: str, *, seed: int = 1) -> tuple[Weights, dict[str, int]]:
    """The model of the drugs (`C`) or genes (`G`) of a network, and how many pairs and kinds of path it is of."""
    metapaths = kinds(start)
    some = pairs(network, start, most=UNSTATED[start], seed=seed)
    features, stated = Crossed(network, metapaths, some).learnt()
    learnt = fit(start, metapaths, features, stated, share=some.share)
    counted = {"stated": int(stated.sum()), "pairs": len(some), "tried": len(metapaths), "kinds": len(learnt.kinds)}
    return learnt, counted

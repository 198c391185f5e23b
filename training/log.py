"""What a training run did: one JSON line a step worth keeping, and a picture of the curves."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any


class Log:
    """Appends to `folder`/log.jsonl, so that a resumed run goes on in the same file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "log.jsonl"
        self._began = time.monotonic()

    def write(self, **values: Any) -> None:
        line = {"seconds": round(time.monotonic() - self._began, 1), **values}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def curves(folder: Path) -> Path:
    """Draw every number of `folder`/log.jsonl over its first one (step or epoch); return the picture's path."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    along = "epoch" if "epoch" in lines[-1] else "step"
    shown = [name for name in lines[-1] if name not in ("seconds", "epoch", "step", "tokens", "tokens_per_second")]
    figure, axes = pyplot.subplots(1, len(shown), figsize=(3.2 * len(shown), 2.8), squeeze=False)
    for axis, name in zip(axes[0], shown, strict=True):
        points = [(line[along], line[name]) for line in lines if name in line]
        axis.plot(*zip(*points, strict=True), marker="." if len(points) < 40 else None)
        axis.set_title(name)
        axis.set_xlabel(along)
    figure.tight_layout()
    path = folder / "curves.png"
    figure.savefig(path, dpi=100)
    pyplot.close(figure)
    return path

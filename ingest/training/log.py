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

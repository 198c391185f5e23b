"""What a fuzzer begins with: the files that our own tests have the readers read.

    python benchmarks/fuzz_seeds.py SEEDS

Runs the tests of the readers and copies each small file that they open, into one folder a format.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import IngestError
from ingest.sources.detect import detect
from ingest.sources.files.files import open_bytes

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1 << 16
"""Bytes of a seed, unpacked: from a larger one a fuzzer learns slowly."""
TESTS = ("tests/ingest/sources", "tests/field", "tests/ingest/test_exchange.py", "tests/ingest/jobs/test_load.py")


class _Opened:
    """Hears which files are opened below a folder, and keeps what they hold at that moment."""

    def __init__(self, *folders: Path) -> None:
        self._folders = tuple(f"{folder}/" for folder in folders)
        self._within = False
        self.held: dict[str, tuple[str, bytes]] = {}
        """(name, content) by their hash."""

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event != "open" or self._within or not isinstance(args[0], str) or args[1] not in ("r", "rb"):
            return
        if not args[0].startswith(self._folders) or args[0].endswith((".py", ".pyc", ".sqlite")):
            return
        self._within = True
        try:
            path = Path(args[0])
            if path.is_file() and 0 < path.stat().st_size <= LIMIT:
                content = path.read_bytes()
                self.held[hashlib.sha256(content).hexdigest()] = (path.name, content)
        except OSError:
            pass
        finally:
            self._within = False


def gather(into: Path) -> dict[str, int]:
    """Run the tests, write what their files hold into a folder a format, and tell how many each has."""
    counts: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as temporary:
        opened = _Opened(Path(temporary).resolve(), ROOT / "tests" / "field")
        sys.addaudithook(opened)
        pytest.main([*TESTS, "-q", "-n", "0", f"--basetemp={Path(temporary).resolve() / 'pytest'}"])
        for digest, (name, content) in sorted(opened.held.items()):
            path = Path(temporary) / name
            path.write_bytes(content)
            try:
                format = detect(path)
                with open_bytes(path) as file:
                    if len(file.read(LIMIT + 1)) > LIMIT:
                        continue
            except IngestError:
                continue
            place = into / format / f"{digest[:16]}-{name[-40:]}"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            counts[format] = counts.get(format, 0) + 1
    return counts


if __name__ == "__main__":
    for format, count in sorted(gather(Path(sys.argv[1])).items()):
        print(f"{format}\t{count}")

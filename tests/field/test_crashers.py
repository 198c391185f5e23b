"""Inputs that a fuzzer found, or that are of a kind with them: each once made a reader raise, or end the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CRASHERS = Path(__file__).with_name("crashers")
READ = """
import sys
from pathlib import Path
from benchmarks.fuzz import prove
for name in sys.argv[1:]:
    path = Path(name)
    format = path.parent.name
    print(name, flush=True)
    prove(path, None if format == "any" else format)
"""


def test_no_input_that_was_found_ends_a_reader() -> None:
    """In a process of its own: one of them ended it where a streaming parser met a number of 5,000 digits."""
    names = sorted(str(path) for path in CRASHERS.rglob("*.*"))
    assert len(names) > 10
    done = subprocess.run([sys.executable, "-c", READ, *names], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout.splitlines()[-1:]}: {done.stderr[-2000:]}"
    assert done.stdout.splitlines() == names

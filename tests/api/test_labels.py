"""What a caller may not see changes nothing that he is told: a few of the random corpora of `benchmarks/labels.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from api.callers.model import LOCAL, PUBLIC, Caller
from api.reading import stats
from api.settings import Settings
from api.wiring import Parts

ROOT = Path(__file__).resolve().parents[2]


def test_no_door_changes_with_what_is_hidden(tmp_path: Path) -> None:
    # Passages are ranked by how rare words are in all of them, which SECURITY.md tells: so not the search for words.
    command = [sys.executable, "benchmarks/labels.py", "--corpora", "6", "--doors", "10", "--but", "/v1/search"]
    environment = {"PYTHONPATH": str(ROOT), "MEDGRAPH_HOME": str(tmp_path), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    *differences, last = done.stdout.splitlines()
    assert (done.returncode, differences) == (0, []), done.stdout + done.stderr
    assert json.loads(last)["comparisons"] > 6 * 6


def test_counts_of_the_whole_graph_are_told_by_right_and_not_by_what_is_hidden(filled: Path) -> None:
    reader = Caller("reader", "reader", PUBLIC, frozenset({"read"}))
    with Parts(Settings(home=filled)) as parts:
        for labels in (PUBLIC, PUBLIC | {"patient:42"}):
            assert stats(parts, labels, whole=reader.may("admin")).assertions is None
        assert (stats(parts, PUBLIC, whole=LOCAL.may("admin")).assertions or 0) > 0

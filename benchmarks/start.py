"""Seconds until the command line answers: `medgraph --help`, and the first answer of a cold process.

    python benchmarks/start.py [--home ~/.medgraph]

Each is the median over fresh processes. Without `--home` only `--help` is measured.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from report import figure


def seconds(arguments: list[str], runs: int, environment: dict[str, str]) -> float:
    """The median wall time of a fresh process."""
    times = []
    for _ in range(runs):
        began = perf_counter()
        subprocess.run([sys.executable, "-m", "api", *arguments], check=True, capture_output=True, env=environment)
        times.append(perf_counter() - began)
    return median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a home with documents to ask about")
    given = parser.parse_args()
    figure("medgraph --help", seconds(["--help"], 9, dict(os.environ)), "s", runs=9)
    if given.home:
        environment = {**os.environ, "MEDGRAPH_HOME": str(given.home)}
        question = "Which disease causes tall stature, ectopia lentis and aortic root aneurysm?"
        figure("first answer of a cold process", seconds(["ask", question], 5, environment), "s", runs=5)


if __name__ == "__main__":
    main()

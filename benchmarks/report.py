"""One way to print a figure: one JSON object a line on stdout, with the machine it was seen on."""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter


def figure(name: str, value: float, unit: str, **context: object) -> None:
    """Print `{"figure", "value", "unit", …context, "machine"}` as one line.

    `context` says what the figure depends on: `data`, `sizes`, settings. The value keeps four significant digits.
    """
    row = {"figure": name, "value": _rounded(value), "unit": unit, **context, "machine": machine()}
    print(json.dumps(row, ensure_ascii=False, default=str), flush=True)


@cache
def machine() -> str:
    """The machine in words: processor, cores this process may use, memory, interpreter."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {cores} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def peak_memory() -> float:
    """The largest resident size of this process so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def median_ms(call: Callable[[], object], runs: int = 200) -> float:
    """The median time of `call` in milliseconds over `runs` runs, after one that does not count."""
    call()
    times = []
    for _ in range(runs):
        begun = perf_counter()
        call()
        times.append(perf_counter() - begun)
    return median(times) * 1000


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else float(f"{value:.4g}")


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from api.memory import ARENAS, INDEX_SHARE, give_back, index_budget, total


def test_a_container_may_have_less_than_the_machine(tmp_path: Path) -> None:
    machine = total(())
    assert machine > 2**28
    second, first = tmp_path / "memory.max", tmp_path / "memory.limit_in_bytes"
    second.write_text("max\n")
    first.write_text(f"{2**63 - 4096}\n")
    assert total((second, first, tmp_path / "none")) == machine
    second.write_text(f"{2**28}\n")
    assert total((second, first)) == 2**28
    second.write_bytes(b"\xff")
    assert total((second,)) == machine


def test_what_is_set_goes_before_the_share() -> None:
    assert index_budget(123) == 123
    assert index_budget(None) == total() // INDEX_SHARE


def test_what_is_freed_goes_back_to_the_system() -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])

    held = [bytes(60_000) for _ in range(2_000)]
    last = bytes(60_000)  # above what is freed: the heap cannot shrink
    before = resident()
    del held
    give_back()
    assert before - resident() > 10_000
    assert last


def test_many_threads_share_few_heaps() -> None:
    program = """
import ctypes, threading
from api.memory import few_arenas
few_arenas()
met = threading.Barrier(40)
def hold():
    met.wait()
    held = [bytearray(200_000 + n) for n in range(20)]
    met.wait()
threads = [threading.Thread(target=hold) for _ in range(40)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
ctypes.CDLL(None).malloc_stats()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert 1 <= done.stderr.count("Arena ") <= ARENAS

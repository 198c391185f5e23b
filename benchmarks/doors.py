"""Attacks on every door, one JSON line each: whether it held.

    python benchmarks/doors.py                     # all that are here: about six minutes on two cores
    python benchmarks/doors.py --point 3 --point 4
    python benchmarks/doors.py --only 2-one-string --also FOLDER

The servers are real `medgraph serve` on loopback over homes of invented texts and persons. An attack is judged by what
a victim sees: its record, its answers, its share of the machine. `--also` adds attacks that are kept apart from those
who build the doors: modules in a folder of yours.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import threading
import time
import traceback
from collections import Counter
from pathlib import Path

from attacks.registry import ATTACKS, Attack, Seen
from attacks.stage import Stage

HERE = Path(__file__).parent / "attacks"


def learn(also: list[Path]) -> None:
    """Import every module of attacks."""
    for path in sorted(HERE.glob("at_*.py")):
        importlib.import_module(f"attacks.{path.stem}")
    for folder in also:
        sys.path.insert(0, str(folder))
        for path in sorted(folder.glob("apart_*.py")):
            importlib.import_module(path.stem)


def one(attack: Attack, stage: Stage) -> dict[str, object]:
    began = time.monotonic()
    try:
        seen = attack.run(stage)
    except Exception as error:  # noqa: BLE001 (an attack that cannot be made is told, and the rest goes on)
        where = traceback.extract_tb(error.__traceback__)[-1]
        seen = Seen(False, f"could not be tried: {type(error).__name__} {error} at {where.name}:{where.lineno}"[:200])
    return {
        "attack": attack.name,
        "point": attack.point,
        "half": attack.half,
        "held": seen.held,
        "seen": seen.what[:300],
        "seconds": round(time.monotonic() - began, 1),
    }


def run(attacks: list[Attack]) -> list[dict[str, object]]:
    """Every lane in a thread of its own, and every attack that only waits."""
    stage = Stage()
    done: list[dict[str, object]] = []
    lock = threading.Lock()

    def lane(chosen: list[Attack]) -> None:
        for attack in chosen:
            line = one(attack, stage)
            with lock:
                done.append(line)
                print(json.dumps(line, ensure_ascii=False), flush=True)

    lanes = [[attack] for attack in attacks if attack.lane == "patient"]
    lanes += [[attack for attack in attacks if attack.lane == name] for name in ("heavy", "fresh", "main")]
    try:
        threads = [threading.Thread(target=lane, args=[chosen]) for chosen in lanes if chosen]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        stage.close()
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=["dev", "apart"])
    parser.add_argument("--point", type=int, action="append")
    parser.add_argument("--only", action="append", help="the beginning of a name")
    parser.add_argument("--also", type=Path, action="append", default=[])
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    learn(asked.also)
    attacks = [
        attack
        for attack in ATTACKS
        if (not asked.half or attack.half == asked.half)
        and (not asked.point or attack.point in asked.point)
        and (not asked.only or attack.name.startswith(tuple(asked.only)))
    ]
    if asked.list:
        for attack in attacks:
            print(attack.point, attack.half, attack.lane, attack.name)
        return
    done = run(attacks)
    held, tried = Counter[object](), Counter[object]()
    for line in done:
        tried[line["point"]] += 1
        held[line["point"]] += bool(line["held"])
    points = {str(point): f"{held[point]}/{tried[point]}" for point in sorted(tried, key=str)}
    print(json.dumps({"held": sum(held.values()), "attacks": len(done), "points": points}))


if __name__ == "__main__":
    main()

"""The weights of `models/findings`, and how they judge conclusions that they did not see."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from qa.verdicts.findings import FORMAT, VERDICTS, Findings
from training.findings.examples import of_labels, of_templates
from training.findings.fit import Example, fitted, held_out


def learn(labels: Path, abstracts: Path, out: Path) -> dict[str, float | int]:
    """Write `weights.json` to `out`, and say how often a verdict is right by weights that did not see the conclusion.
    Raises OSError."""
    read = [example for _, example in of_labels(labels, abstracts)]
    templates = of_templates()
    weights = fitted([*read, *templates])
    out.mkdir(parents=True, exist_ok=True)
    rows = {name: [round(value, 4) for value in row] for name, row in sorted(weights.items())}
    (out / "weights.json").write_text(
        json.dumps({"format": FORMAT, "weights": rows}, indent=0) + "\n", encoding="utf-8"
    )
    told = held_out(read, beside=templates)
    return {"conclusions": len(read), "templates": len(templates), **figures(read, told)}


def figures(examples: Sequence[Example], told: Sequence[str]) -> dict[str, float]:
    """Accuracy, that of the commonest verdict, the mean F1 of the three, and accuracy where it is yes or no."""
    wanted = [example.verdict for example in examples]
    if not wanted:
        return {}
    right = [one == other for one, other in zip(wanted, told, strict=True)]
    clear = [hit for hit, verdict in zip(right, wanted, strict=True) if verdict != "maybe"]
    each = {
        verdict: 2 * sum(hit for hit, one in zip(right, wanted, strict=True) if one == verdict)
        / max(1, wanted.count(verdict) + list(told).count(verdict))
        for verdict in VERDICTS
    }  # fmt: skip
    return {
        "accuracy": round(sum(right) / len(right), 3),
        "majority": round(max(map(wanted.count, VERDICTS)) / len(wanted), 3),
        "macro_f1": round(sum(each.values()) / len(each), 3),
        "clear": round(sum(clear) / max(1, len(clear)), 3),
        **{f"f1_{verdict}": round(value, 3) for verdict, value in each.items()},
    }


def judged(examples: Sequence[Example], weights: Findings) -> list[str]:
    """The verdict of each example by these weights."""
    return [weights.of(example.features).verdict for example in examples]

"""How well the groups of diseases of `models/disease-groups` are told from vignettes' texts.

    python benchmarks/disease_groups.py DATA VIGNETTES [WEIGHTS]

DATA holds graph/mondo and graph/mesh; VIGNETTES has a JSON line each with `text`, `language` and `diagnosis` (`name`,
`zh`, `accept`). What is not in the tables of conditions is counted apart. The figures on diseases held out are printed
by `medgraph train disease-groups`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from qa.differential.groups import opened
from text.names import normalise
from training.groups.assign import Assigned
from training.groups.fit import figures
from training.groups.names import conditions

HOUSE = Path(__file__).resolve().parent.parent


def main(data: Path, vignettes: Path, weights: Path) -> None:
    model, assigned = opened(weights), Assigned(data / "graph")
    group_of: dict[str, str] = {}
    for condition in conditions(HOUSE / "ingest" / "conditions"):
        for name in condition.names:
            group_of.setdefault(normalise(name), assigned.group(condition.id))
    rows, unknown = [], 0
    for line in vignettes.read_text(encoding="utf-8").splitlines():
        vignette = json.loads(line)
        told = vignette["diagnosis"]
        names = (normalise(name) for name in (told["name"], told["zh"], *told["accept"]))
        group = next((group_of[name] for name in names if group_of.get(name)), "")
        if group:
            rows.append((model.logits(vignette["text"]), model.columns.index(group), vignette["language"]))
        else:
            unknown += 1
    print(f"{len(rows)} vignettes; {unknown} of no condition of the tables")
    logits, labels = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    languages = np.array([row[2] for row in rows])
    for name, chosen in (("both", languages != ""), ("en", languages == "en"), ("zh", languages == "zh")):
        for kind, heat in (("before", 1.0), ("after", model.temperature)):
            print(name, kind, figures(logits[chosen] / np.float32(heat), labels[chosen]))


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    shipped = HOUSE / "models" / "disease-groups" / "weights.npz"
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) == 4 else shipped)

"""Vignettes of common and dangerous pictures, in both languages: is the right disease among the first, is none missed?

They lie in `vignettes/`, written by who saw neither the code nor the tables; on half of them (`apart.jsonl`) nothing
was set.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from report import figure

from graph.view import GraphView
from qa.differential.case.understand import understood
from qa.differential.engine import Differential
from qa.differential.matrix import Matrix
from qa.differential.model import Told
from text.names import normalise

VIGNETTES = Path(__file__).with_name("vignettes")


def vignettes(view: GraphView, engine: Differential, *, apart: bool) -> None:
    matrix = engine.matrix(view)
    bearing = _bearing(view, matrix)
    path = VIGNETTES / ("apart.jsonl" if apart else "seen.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for way in ("findings", "text"):
        for language in ("en", "zh", ""):
            chosen = [row for row in rows if language in ("", row["language"])]
            places, missed, told, right = [], [], [], []
            for row in chosen:
                ranked = engine.rank(view, understood(view, matrix, _told(row, way)), 10, why=False).candidates
                at = [matrix.disease_number[one.id] for one in ranked]
                wanted = _wanted(row["diagnosis"], bearing)
                places.append(next((place for place, one in enumerate(at, 1) if one in wanted), 99))
                missed += [bool(_wanted(one, bearing) & set(at[:5])) for one in row["must_not_miss"]]
                first = max(ranked, key=lambda one: one.probability)
                told.append(first.probability)
                right.append(matrix.disease_number[first.id] in wanted)
            context = {"vignettes": len(chosen), "language": language or "both", "told_by": way, "data": path.name}
            for top in (1, 3, 5, 10):
                share = float(np.mean(np.array(places) <= top))
                figure(f"differential, vignettes, right among the first {top}", 100 * share, "%", **context)
            figure(
                "differential, vignettes, not missed among the first five", 100 * float(np.mean(missed)), "%",
                diseases=len(missed), **context,
            )  # fmt: skip
            error, mean_told = calibration_error(told, right)
            figure("differential, vignettes, calibration error", error, "", mean_told=mean_told, **context)


def _told(row: dict[str, Any], way: str) -> Told:
    age = float(row["age"]) if row["age"] not in ("", None) else None
    if way == "text":
        return Told(text=row["text"], age=age, sex=row["sex"], season=row["season"], region=row["region"])
    return Told(
        observed=tuple(row["observed"]),
        excluded=tuple(row["excluded"]),
        age=age,
        sex=row["sex"],
        duration=row["duration"],
        season=row["season"],
        region=row["region"],
        conditions=tuple(row["conditions"]),
        drugs=tuple(row["drugs"]),
        factors=tuple(row["factors"]),
    )


_SPELLINGS = (
    ("oesoph", "esoph"), ("haem", "hem"), ("oedema", "edema"), ("aemia", "emia"), ("anaem", "anem"), ("paed", "ped"),
    ("diarrhoea", "diarrhea"), ("tumour", "tumor"), ("ischaem", "ischem"), ("orrhoea", "orrhea"), ("foetal", "fetal"),
    ("caecal", "cecal"), ("coeliac", "celiac"), ("goitre", "goiter"), ("'s", ""), ("generalised", "generalized"),
)  # fmt: skip


def _folded(name: str) -> str:
    """A name of a diagnosis, so that British and American spellings are one."""
    name = normalise(re.sub(r"[（(].*?[)）]", "", name))
    for british, american in _SPELLINGS:
        name = name.replace(british, american)
    return re.sub(r"[^a-z0-9\u4e00-\u9fff]", "", name)


def _bearing(view: GraphView, matrix: Matrix) -> dict[str, set[int]]:
    bearing: dict[str, set[int]] = {}
    ids = list(matrix.disease_number)
    for begin in range(0, len(ids), 5_000):
        for entity in view.entities(ids[begin : begin + 5_000]).values():
            for name in (entity.name, *(synonym.text for synonym in entity.synonyms)):
                bearing.setdefault(_folded(name), set()).add(matrix.disease_number[entity.id])
    return bearing


def _wanted(diagnosis: dict[str, Any], bearing: dict[str, set[int]]) -> set[int]:
    names: Iterable[str] = (diagnosis["name"], diagnosis.get("zh", ""), *diagnosis.get("accept", ()))
    return {number for name in names if name for number in bearing.get(_folded(name), ())}


def calibration_error(told: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """The expected calibration error over ten bins, and the mean of what was told."""
    chances, hits = np.array(told), np.array(right)
    place = np.minimum((chances * 10).astype(int), 9)
    error = sum(
        abs(chances[place == bin].mean() - hits[place == bin].mean()) * (place == bin).sum()
        for bin in range(10)
        if (place == bin).any()
    )
    return float(error / max(len(hits), 1)), round(float(chances.mean()), 3)

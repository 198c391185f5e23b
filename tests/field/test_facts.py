"""What a text defines, and what it may state: short forms, and facts that can be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_short_form_means_what_the_text_defines(run: Callable[..., str], field: Path) -> None:
    documents = [json.loads(line) for line in run("tag", field / "text" / "abbreviations.jsonl").splitlines()]
    ids = {d["id"]: {m["id"] for m in d["mentions"] if m["text"] == "MS"} for d in documents}
    assert ids["d"] == {"D008946"}
    for id in ("a", "b", "c"):
        assert ids[id] <= {"D008946", None}
        assert any(m["id"] == "D008946" for d in documents if d["id"] == id for m in d["mentions"])


def test_what_is_found_in_animals_is_no_evidence_about_patients(
    told: Callable[..., Any], run: Callable[..., str], tmp_path: Path
) -> None:
    text = {"id": "r", "title": "Asthma", "text": "Aspirin-induced asthma in rats. In rats aspirin causes asthma."}
    file = tmp_path / "rats.jsonl"
    file.write_text(json.dumps(text) + "\n", encoding="utf-8")
    run("ingest", file)
    for question, species in (("Does aspirin cause asthma?", False), ("Does aspirin cause asthma in rats?", True)):
        answer = told("ask", "--json", question)
        assert (answer["verdict"] == "yes", "rats" in answer["answer"]) == (species, species)

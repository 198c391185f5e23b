from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from text.context import weighed
from text.context.judge import Context
from training.context import judge
from training.context.notes import Note

HEAD = "id\tphrase\tsentence\tnegation\ttemporality\texperiencer\n"


def annotated(folder: Path) -> Path:
    """Notes of a ward whose `clean bill:` denies what it names, which no phrase of the rules says."""
    folder.mkdir()
    words = ("fever", "cough", "rash", "gout", "asthma", "pain", "edema", "nausea", "itching", "chills")
    rows = []
    for word in words:
        rows.append(f"1\t{word}\tClean bill: {word.upper()} is what we sought.\tNegated\tRecent\tPatient")
        rows.append(f"1\t{word}\tOn arrival {word.upper()} was bad.\tAffirmed\tRecent\tPatient")
        rows.append(f"1\t{word}\tLong ago card: {word.upper()}\tAffirmed\tHistorical\tPatient")
    (folder / "notes.tsv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return folder


def test_training_learns_what_a_ward_writes(tmp_path: Path) -> None:
    data = annotated(tmp_path / "data")
    texts = ["Fever was seen in no patient.", "Nothing of interest."]
    figures = judge.train(data, tmp_path / "out", texts=texts, folds=3, each=1)
    weights = weighed.opened(tmp_path / "out" / "weights.npz")
    assert weights.table.shape == (weighed.BUCKETS, 2)
    text = "Clean bill: vertigo is what we sought."
    (judged,) = Context(around=weights).judge(text, [(12, 19)], "en")
    assert judged.polarity == "negated"
    assert judged.reason.startswith("the trained judge")
    lines = [json.loads(line) for line in (tmp_path / "out" / "log.jsonl").read_text().splitlines()]
    assert [line["by"] for line in lines] == ["rules", "judge"]
    assert set(figures) <= set(lines[1])


def test_the_same_data_make_the_same_weights(tmp_path: Path) -> None:
    data = annotated(tmp_path / "data")
    tables = []
    for name in ("one", "two"):
        judge.train(data, tmp_path / name, folds=2, each=1)
        tables.append(weighed.opened(tmp_path / name / "weights.npz").table)
    assert np.array_equal(tables[0], tables[1])


def test_the_turns_of_patients_are_read_alone(tmp_path: Path) -> None:
    def turn(speaker: str, sentence: str, labels: str, *statuses: str) -> dict[str, object]:
        return {"speaker": speaker, "sentence": sentence, "label": labels, "type": list(statuses)}

    content = [
        turn("医生", "咳嗽吗", "BIO", "2"),
        turn("患者", "不咳嗽，发烧，头痛", "OBIOBIOBI", "2", "1", "3"),
    ]
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps({"dialogue-content": content}) + "\n").encode()))
    read = list(judge.turns(path))
    assert [(e.text, e.text[e.start : e.end], e.negated, e.historical) for e in read] == [
        ("不咳嗽，发烧，头痛", "咳嗽", True, None),
        ("不咳嗽，发烧，头痛", "发烧", False, None),
    ]
    figures = judge.train(annotated(tmp_path / "data"), tmp_path / "out", dialogues=[path], folds=2, each=1)
    assert 0 <= figures["negated_f1"] <= 1


def test_a_folder_without_notes_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="annotated notes"):
        judge.train(tmp_path, tmp_path / "out")


def test_figures_count_what_has_no_phrase_as_affirmed() -> None:
    gold = [
        Note("a", (0, 1), True, False, True),
        Note("b", None, True, True, True),
        Note("c", (0, 1), False, True, True),
    ]
    figures = judge.measured([(True, False), (True, True)], gold)
    assert figures["negated_precision"] == 0.5
    assert figures["negated_recall"] == 0.5
    assert figures["false_affirmed"] == 0.5
    assert figures["historical_f1"] == pytest.approx(2 / 3)

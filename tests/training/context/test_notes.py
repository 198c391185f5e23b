from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.errors import MalformedFile
from training.context import notes

HEAD = "id\tphrase\tsentence\tnegation\ttemporality\texperiencer\n"


def written(path: Path, *rows: str) -> Path:
    path.write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_phrase_is_put_in_small_letters_where_it_stands(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.tsv",
        "1\tdry cough\tShe has no DRY COUGH now.\tNegated\tRecent\tPatient",
        "2\tGout\tGOUT.\tAffirmed\tHistorical\tPatient",
        "3\tleft lung\tHis LEFT  LUNG is clear.\tAffirmed\tRecent\tOther",
        "4\trash\tNothing of it.\tAffirmed\tRecent\tPatient",
    )
    cough, gout, lung, rash = notes.read(path)
    assert cough == notes.Note("She has no dry cough now.", (11, 20), True, False, True)
    assert gout == notes.Note("Gout.", (0, 4), False, True, True)
    assert (lung.text, lung.span, lung.of_patient) == ("His left  lung is clear.", (4, 14), False)
    assert (rash.text, rash.span) == ("Nothing of it.", None)


def test_a_file_that_is_none_of_notes_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("one\ttwo\n1\t2\n", encoding="utf-8")
    with pytest.raises(MalformedFile, match="line 1"):
        notes.read(tmp_path / "a.tsv")
    with pytest.raises(MalformedFile, match="line 2"):
        notes.read(written(tmp_path / "b.tsv", "1\tcough"))


def test_sentences_that_are_alike_are_in_one_fold() -> None:
    texts = [
        "COMPLICATIONS: None DIAGNOSIS: 1) Polyp PLAN: follow-up as scheduled",
        "COMPLICATIONS: None DIAGNOSIS: 2) Polyp PLAN: follow-up as scheduled",
        *(f"{word} came in with {word} and left" for word in ("one", "two", "three", "four", "five", "six")),
        "She denies any pain in her left knee.",
    ]
    own = [notes.Note(text, (0, 1), False, False, True) for text in texts]
    fold = notes.folds(own, 4, 1)
    assert fold[0] == fold[1]
    assert set(fold.tolist()) <= set(range(4))
    assert np.array_equal(fold, notes.folds(own, 4, 1))
    assert len(set(notes.folds(own, 9, 1, apart=False).tolist())) == 9

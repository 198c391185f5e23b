from __future__ import annotations

from pathlib import Path

import pytest

from api.cli.rehearsal import SHOWN, rehearse
from api.problems import OK, SOME_FAILED

INDICATIONS = "doid_id\tdrugbank_id\tdisease\tdrug\tcategory\n"


def test_ten_facts_in_words_and_every_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"DOID:{n}\tDB9000{n % 10}\tear {n}\tblue {n}\tNOT\n" for n in range(1, 15)) + "x\ty\tz\tq\tDM\n"
    (tmp_path / "a.tsv").write_text(INDICATIONS + rows)
    (tmp_path / "README.md").write_text("#")

    assert rehearse([tmp_path], format=None, mapping=None, as_json=False) == SOME_FAILED

    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0].startswith("blue 1 (DRUGBANK:DB90001) does not treat ear 1 (DOID:1) [category: NOT]")
    assert len(lines) == SHOWN + 1
    assert lines[-1] == "14 assertions, 1 failed; nothing was written"
    assert "line 16" in err


def test_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.tsv").write_text(INDICATIONS + "DOID:1\tDB90001\tear\tblue\tDM\n")
    assert rehearse([tmp_path / "a.tsv"], format="indications", mapping=None, as_json=True) == OK
    assert '"assertions": 1' in capsys.readouterr().out


def test_a_file_is_named_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.bin").write_bytes(b"\x00")
    assert rehearse([tmp_path / "t.bin"], format=None, mapping=None, as_json=False) == 4
    assert capsys.readouterr().err.count("t.bin") == 1

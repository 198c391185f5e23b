"""Tables of conditions of one's own, loaded by the command as a user calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

TABLES = {
    "conditions.tsv": (
        "# source: ward\n# licence: CC0-1.0\n"
        "id\tname\tzh\tsynonyms\tincidence\tfemale\tnewborn\tinfant\tchild\tadolescent\tyoung\tmiddle\told\ttempo\tseason"
        "\tregion\tmissed\tmissed_zh\n"
        "MEDGRAPH:condition-blue-fever\tBlue fever\t蓝热\tblues@en\t30\t50\t0\t1\t10\t8\t5\t3\t1\tdays\twinter\t\t\t\n"
        "MEDGRAPH:condition-red-fever\tRed fever\t红热\t\tmany\t50\t0\t1\t10\t8\t5\t3\t1\tdays\t\t\t\t\n"
    ),
    "findings.tsv": (
        "# source: ward\ncondition\tfinding\tlabel\tpercent\tkind\n"
        "MEDGRAPH:condition-blue-fever\tHP:0001945\tFever\t95\thistory\n"
    ),
}


def test_tables_of_ones_own_are_loaded_and_a_wrong_row_is_told(tmp_path: Path, medgraph: Callable[..., Any]) -> None:
    folder, home = tmp_path / "ward", tmp_path / "home"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    loaded = medgraph("load", str(folder), "--json", home=home)
    assert loaded.code == 4
    (failed,) = loaded.json["failed"]
    assert failed["record"] == "line 5"
    assert failed["file"].endswith("conditions.tsv")
    assert "incidence" in failed["reason"]
    told = medgraph("entity", "Blue fever", "--json", home=home)
    assert told.code == 0
    before = medgraph("fingerprint", home=home).out
    medgraph("load", str(folder), home=home)
    assert medgraph("fingerprint", home=home).out == before

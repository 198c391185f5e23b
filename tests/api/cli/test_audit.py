"""`medgraph audit` over what real commands left."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Medgraph = Callable[..., Any]


def test_commands_leave_lines_without_words(medgraph: Medgraph, home: Path) -> None:
    assert medgraph("ask", "What are the adverse effects of metformin?", home=home).code == 0
    assert medgraph("delete", "PMID:101").code == 0
    assert medgraph("search", "Jane Roe").code == 0
    done = medgraph("audit", "verify", "--json")
    assert (done.code, done.json["whole"], done.json["faults"]) == (0, True, [])
    lines = medgraph("audit", "show", "--json").json["lines"]
    commands = [(line["command"], line["event"]) for line in lines if "command" in line]
    assert commands[-4:] == [("ask", "done"), ("delete", "asked"), ("delete", "done"), ("search", "done")]
    assert {"PMID:104", "MESH:D008687"} <= set(lines[-4]["touched"])
    assert (lines[-2]["counts"], lines[-2]["touched"]) == ({"deleted": 1}, ["PMID:101"])
    left = "".join(path.read_text() for path in (home / "audit").iterdir() if path.is_file()).lower()
    assert "metformin" not in left
    assert "jane" not in left


def test_lines_are_found_by_what_was_asked_and_touched(medgraph: Medgraph, home: Path) -> None:
    question = "What are the adverse effects of metformin?"
    same = len(medgraph("audit", "show", "--question", question, "--json", home=home).json["lines"])
    medgraph("ask", question)
    medgraph("delete", "letter:1")
    assert len(medgraph("audit", "show", "--question", question, "--json").json["lines"]) == same + 1
    assert medgraph("audit", "show", "--question", "another", "--json").json["lines"] == []
    found = medgraph("audit", "show", "--id", "letter:1", "--json").json["lines"]
    assert found[-1]["event"] == "done"
    assert medgraph("audit", "show", "--since", "9999-01-01", "--json").json["lines"] == []
    assert "delete" in medgraph("audit", "show", "--limit", "1").out


def test_what_was_tampered_with_is_told_with_its_place(medgraph: Medgraph, home: Path) -> None:
    medgraph("delete", "letter:1", home=home)
    head = medgraph("audit", "head").out.strip()
    assert medgraph("audit", "verify", "--head", head).code == 0
    (file,) = (home / "audit").glob("*.jsonl")
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join([*lines[:-1], lines[-1].replace("letter:1", "letter:2")]))
    done = medgraph("audit", "verify")
    assert done.code == 7
    assert f"{file.name}, line {len(lines)}: " in done.out
    assert medgraph("audit", "verify", "--head", "999:" + "0" * 64).code == 7


def test_no_trail_is_kept_where_none_is_wanted(run: Medgraph, home: Path) -> None:
    sizes = [path.stat().st_size for path in sorted((home / "audit").iterdir())]
    assert run("search", "cough", home=home, MEDGRAPH_AUDIT="false").code == 0
    assert [path.stat().st_size for path in sorted((home / "audit").iterdir())] == sizes


def test_a_day_that_is_none_is_a_usage_error(medgraph: Medgraph, home: Path) -> None:
    assert medgraph("audit", "prune", "yesterday", home=home).code == 2
    assert "0 files" in medgraph("audit", "prune", "2000-01-01").out
    assert json.loads(medgraph("audit", "show", "--json").out)

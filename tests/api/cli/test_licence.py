"""A source under a licence of its own, as a user meets it on the command line: refused, accepted, left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

INTERACTIONS = "DDInterID_A,Drug_A,DDInterID_B,Drug_B,Level\nDDInter1,Metformin,DDInter2,Aspirin,Major\n"
QUESTIONS = ("What does metformin interact with?", "二甲双胍与阿司匹林有相互作用吗？")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the restricted table beside an open one, a read-me and a licence."""
    folder = tmp_path / "sources"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "ddinter_downloads_code_A.csv").write_text(INTERACTIONS)
    (folder / "names.tsv").write_text("id\ttype\tname\nX:1\tDrug\tBluemycin\n")
    (folder / "README.md").write_text("# Read me\n")
    (folder / "LICENSE").write_text("None.\n")
    return folder


def test_nothing_of_a_folder_is_loaded_until_the_licence_is_accepted(
    folder: Path, tmp_path: Path, medgraph: Command
) -> None:
    home = tmp_path / "home"
    refused = medgraph("load", str(folder), home=home)
    assert (refused.code, refused.out) == (3, "")
    assert "--accept-licence ddinter" in refused.err
    assert "ddinter_downloads_code_A.csv" in refused.err
    assert medgraph("load", str(folder), "--accept-licence", "sider", home=home).code == 3
    assert medgraph("stats", "--json", home=home).json["entities"] == 0
    accepted = medgraph("load", str(folder), "--accept-licence", "ddinter", home=home)
    assert accepted.code == 0
    assert "2 left alone" in accepted.err
    by_licence = medgraph("stats", "--by", "source,licence", home=home).out
    assert "ddinter  CC-BY-NC-SA-4.0" in by_licence


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_leaves_restricted_sources_out_when_asked_to(
    question: str, folder: Path, home: Path, medgraph: Command
) -> None:
    assert medgraph("load", str(folder), "--accept-licence", "ddinter", home=home).code == 0

    def sources(*options: str) -> set[str]:
        told = medgraph("ask", question, "--json", *options, home=home).json
        # That a source was not opened is said of it, and nothing that it states.
        return {evidence["source"] for evidence in told["evidence"] if evidence["kind"] != "searched"}

    assert "ddinter" in sources()
    assert "ddinter" in sources("--licence", "all")
    assert "ddinter" not in sources("--licence", "open")
    assert "ddinter" in sources("--all-access")
    assert "ddinter" not in sources("--all-access", "--licence", "open")

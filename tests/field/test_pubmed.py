"""Records of PubMed that people bring, read through the command as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import main as cli

HERE = Path(__file__).parent / "pubmed"


class Home:
    """The command with a home of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> dict[str, Any]:
        self._capsys.readouterr()
        code = cli.main([words[0], "--json", *words[1:]])
        out = self._capsys.readouterr().out
        assert code in (0, 3), out
        answer: dict[str, Any] = json.loads(out)
        return answer

    def text(self, query: str) -> str:
        """The title and the passages that a search finds."""
        return " ".join(f"{hit['title']} {hit['text']}" for hit in self("search", query)["hits"])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Home:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path))
    return Home(capsys)


def test_formulas_keep_their_numbers(home: Home) -> None:
    home("ingest", str(HERE / "mathml.xml"))
    text = home.text("metformin")
    assert "Phage load above 10⁶ per gram" in text
    assert "3×10⁻⁴ mol" in text
    assert "1/2 of the dose" in text


def test_exponents_are_no_part_of_the_base(home: Home) -> None:
    home("ingest", str(HERE / "exponents.xml"))
    text = home.text("hamsters")
    for part in ("10^6.3 PFU", "10^2-5 copies", "10^−1·5", "10⁸ CFU", "kg/m2", "Ca2+", "2nd"):
        assert part in text


def test_what_was_retracted_and_its_notice_support_nothing(home: Home) -> None:
    home("ingest", str(HERE / "retractions.xml"))
    for question in ("Does selenium cure autism?", "What treats autism?"):
        answer = home("ask", question)
        assert answer["abstained"]
        assert not answer["sentences"]
    hits = home("search", "--retracted", "autism")["hits"]
    assert {hit["document"] for hit in hits} == {f"PMID:9000000{n}" for n in range(5, 10)}
    assert all(hit["retracted"] for hit in hits)


@pytest.mark.parametrize("swapped", [False, True])
def test_the_newest_version_is_kept(home: Home, tmp_path: Path, swapped: bool) -> None:
    file = HERE / "versions.xml"
    if swapped:
        text = file.read_text(encoding="utf-8").replace('Version="2"', 'Version="3"')
        (tmp_path / "three.xml").write_text(text, encoding="utf-8")
        home("ingest", str(file))
        file = tmp_path / "three.xml"
    tally = home("ingest", str(file))
    assert tally["outdated"] == 1
    assert "Colchicine does not prevent gout." in home.text("colchicine")
    assert not any(
        "Colchicine prevents gout" in sentence["text"]
        for sentence in home("ask", "Does colchicine prevent gout?")["sentences"]
    )


def test_a_chapter_has_its_own_year(home: Home) -> None:
    home("ingest", str(HERE / "book.xml"))
    (hit,) = home("search", "Morvan")["hits"]
    assert hit["year"] == 2004

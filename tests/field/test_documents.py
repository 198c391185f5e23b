"""Files that people bring, read through the command as they are."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli import main as cli

HERE = Path(__file__).parent


def test_the_lines_of_a_pdf_are_its_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path))
    assert cli.main(["tag", str(HERE / "pdf" / "wrapped.pdf")]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    mentions = {mention["text"].lower(): mention for mention in json.loads(line)["mentions"]}
    denied = ("chest pain", "pulmonary embolism", "vomiting", "nausea", "pneumonia")
    assert {name: mentions[name]["polarity"] for name in denied} == dict.fromkeys(denied, "negated")
    assert mentions["hypertension"]["polarity"] == "affirmed"
    assert mentions["metoprolol"]["id"] == "D008790"
    assert not {"metopro", "lol"} & mentions.keys()


def test_front_matter_is_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(tmp_path))
    assert cli.main(["ingest", str(HERE / "text" / "front_matter.md")]) == 0
    capsys.readouterr()
    assert cli.main(["search", "--json", "gout"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    assert hit["title"] == "A note on gout"
    assert "rheum" not in hit["text"]


Run = Callable[..., str]
Told = Callable[..., Any]
HALF = "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"
RECORD = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>900000{}</PMID><Article><ArticleTitle>On metformin"
    "</ArticleTitle><Abstract><AbstractText>{}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
    "</PubmedArticleSet>"
)
PAPER = (
    "<article><front><article-meta><article-id pub-id-type='pmid'>900000{}</article-id><title-group><article-title>On "
    "metformin</article-title></title-group></article-meta></front><body><p>{}</p></body></article>"
)
WORD = (
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
    "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><w:body><w:p>{}</w:p></w:body></w:document>"
)


def word(path: Path, paragraph: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", WORD.format(paragraph))
    return path


KEPT = {
    "1.xml": (RECORD.format(1, f"Metformin at 2{HALF} mg"), "at 2 1/2 mg"),
    "2.xml": (RECORD.format(2, "Metformin for 5<sup>3</sup>/<sub>4</sub> years"), "for 5 3/4 years"),
    "3.xml": (RECORD.format(3, "Metformin as e<sup>−x/2</sup> of 10<sup>x+1</sup>"), "e^(−x/2) of 10^(x+1)"),
    "4.xml": (PAPER.format(4, "Metformin at 10<tex-math>$^{6}$</tex-math> and 10<sup>-3</sup> M"), "10⁶ and 10⁻³ M"),
    "5.xml": (PAPER.format(5, "Metformin: <math><msqrt><mn>2</mn><mi>n</mi></msqrt></math>"), "√(2n)"),
    "6.html": ("<p>Metformin at 2<sup>1</sup>&frasl;<sub>2</sub> mg or 1&frac12; mg</p>", "at 2 1/2 mg or 1½ mg"),
    "7.html": (f"<p>Metformin at 10{HALF} mg, <del>no</del> daily</p>", "at 10 1/2 mg, daily"),
    "8.html": ("<p>Metfor&shy;min after Gout.<sup>3</sup>Twice</p>", "Metformin after Gout. Twice"),
    "9.html": ("<meta charset=iso-8859-1><p>Metformin in Sjögren’s disease</p>", "in Sjögren’s disease"),
}
"""By file: what it holds, and what must be kept of it."""


def test_what_is_written_is_what_is_kept(told: Told, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, (whole, _) in KEPT.items():
        (folder / name).write_text(whole, encoding="utf-8")
    assert told("ingest", "--json", folder)["failed"] == []
    texts = [hit["text"] for hit in told("search", "--json", "--k", "50", "metformin")["hits"]]
    assert [name for name, (_, kept) in KEPT.items() if not any(kept in text for text in texts)] == []


def test_word_keeps_numbers_signs_and_what_is_not_struck_out(told: Told, tmp_path: Path) -> None:
    sup = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>{}</w:t></w:r>"
    power = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup>"
    paragraph = (
        f"<w:r><w:t>Metformin at </w:t></w:r><m:oMath>{power}</m:oMath><w:r><w:t> and 10</w:t></w:r>{sup.format('-')}"
        f"{sup.format('3')}<w:r><w:t> M if </w:t></w:r><w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>"
        "<w:r><w:t> 5, </w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>no </w:t></w:r><w:r><w:t>daily</w:t></w:r>"
    )
    assert told("ingest", "--json", word(tmp_path / "a.docx", paragraph))["failed"] == []
    (hit,) = told("search", "--json", "metformin")["hits"]
    assert hit["text"] == "Metformin at 10⁶ and 10⁻³ M if ≥ 5, daily"


def test_a_rule_is_no_title(told: Told, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number, rule in enumerate(("---", "***", "===", "- - -")):
        (folder / f"{number}.md").write_text(f"{rule}\nNote {number} on gout\n\nIt was hot.\n", encoding="utf-8")
    told("ingest", "--json", folder)
    titles = {hit["title"] for hit in told("search", "--json", "gout")["hits"]}
    assert titles == {f"Note {number} on gout" for number in range(4)}


def test_lines_broken_by_hand_go_on_or_stand_for_themselves(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<p>Patient denies<br>vomiting and cough.</p><p>Asthma<br>Psoriasis<br>No rash<br>Gout</p>", encoding="utf-8"
    )
    letter = word(tmp_path / "a.docx", "<w:r><w:t>Patient denies</w:t><w:br/><w:t>vomiting and cough.</w:t></w:r>")
    for path in (page, letter):
        mentions = {m["text"]: m["polarity"] for m in json.loads(run("tag", "-q", path))["mentions"]}
        assert mentions["vomiting"] == mentions["cough"] == "negated"
        assert not any("\n" in text for text in mentions)
        if path == page:
            assert (mentions["Asthma"], mentions["Psoriasis"], mentions["Gout"]) == ("affirmed",) * 3
            assert mentions["rash"] == "negated"

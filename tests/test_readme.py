"""The README's commands are run as they stand there, on small files of the names that it uses."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

OBO = """format-version: 1.2
data-version: hp/releases/2031-01-01
ontology: hp

[Term]
id: HP:0001083
name: Ectopia lentis

[Term]
id: HP:0001166
name: Arachnodactyly
"""
HPOA = (
    "#version: 2031-01-01\n"
    "database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex\tmodifier\taspect\tbiocuration\n"
    "OMIM:154700\tMarfan syndrome\t\tHP:0001083\tPMID:1\tPCS\t\t3/5\t\t\tP\tX\n"
    "OMIM:154700\tMarfan syndrome\t\tHP:0001166\tPMID:1\tPCS\t\t4/5\t\t\tP\tX\n"
)
XML = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>31175111</PMID><Article>"
    "<ArticleTitle>On sorafenib</ArticleTitle><Abstract><AbstractText>Sorafenib is effective in the treatment of "
    "hepatocellular carcinoma. Ectopia lentis was not seen.</AbstractText></Abstract></Article></MedlineCitation>"
    "</PubmedArticle></PubmedArticleSet>"
)

GOLD = "1|t|A note\n1|a|Sorafenib may cause fatigue.\n1\t7\t16\tSorafenib\tChemical\tD000077157\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "hp.obo").write_text(OBO)
    (tmp_path / "phenotype.hpoa").write_text(HPOA)
    (tmp_path / "pubmed.xml.gz").write_text(XML)  # told by its content, not by its name
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("A note\n\nSorafenib may cause fatigue.")
    (tmp_path / "gold.pubtator").write_text(GOLD)
    (tmp_path / "corpus.jsonl").write_text('{"_id": "1", "title": "Gout", "text": "Colchicine relieves gout."}\n')
    (tmp_path / "queries.jsonl").write_text('{"_id": "a", "text": "What helps against gout?"}\n')
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\na\t1\t1\n")
    return tmp_path


def commands() -> list[str]:
    """The lines of the section `Use` that call medgraph."""
    section = README.split("## Use", 1)[1].split("```", 2)[1]
    return [line.split("#")[0].strip() for line in section.splitlines() if ".venv/bin/medgraph" in line]


def test_the_commands_of_the_readme_work_and_the_answer_is_cited(folder: Path) -> None:
    printed = []
    for line in commands():
        words = shlex.split(line)
        command = [sys.executable, "-m", "api", *words[1:]]
        if words[1] == "serve":
            _serves([*command, "--port", "0"], folder)
            continue
        done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{line}: {done.returncode}\n{done.stderr}"
        assert done.stdout.strip(), line
        printed.append(done.stdout)
    assert len(printed) >= 7
    assert "[E1]" in printed[2]
    assert "PMID:31175111" in printed[2]


def test_the_pipeline_prints_what_it_says(tmp_path: Path) -> None:
    program, printed = re.findall(r"```python\n(.+?)```\s+```\n(.+?)```", README, re.DOTALL)[0]
    assert printed.count("\n") >= 4
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=_environment(), capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, printed), done.stderr


def test_every_make_target_that_it_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z0-9]+)", README, re.MULTILINE)) <= targets


def test_every_setting_that_it_names_is_there() -> None:
    from api.settings import Settings

    named = {name.lower() for name in re.findall(r"MEDGRAPH_([A-Z_]+)`", README)}
    assert named <= set(Settings.model_fields)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}


def _serves(command: list[str], folder: Path) -> None:
    with subprocess.Popen(command, cwd=folder, env=_environment(), stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        server.send_signal(signal.SIGTERM)
    assert "http://127.0.0.1:" in said
    assert server.returncode == 0

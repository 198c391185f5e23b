"""`medgraph tag` as a user has it, with the dictionary of a small lexicon as its tagger."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli import main as cli
from ingest.model import Document
from ingest.sources.annotated import bioc, pubtator

Command = Callable[..., Any]
Records = list[dict[str, Any]]

TEXTS: list[dict[str, Any]] = [
    {"id": "a-1", "text": "  Metformin causes nausea. No cough was seen."},
    {"id": 2, "text": "Aspirin does not cause cough.\nWarfarin causes nausea."},
    {"id": "leer", "text": ""},
    {"id": "007", "text": "二甲双胍可引起恶心。"},
]


@pytest.fixture(autouse=True)
def _dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, inputs: Path) -> Path:
    """A home whose graph holds the small lexicon and no document."""
    home = tmp_path_factory.mktemp("known")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDGRAPH_HOME", str(home))
        assert cli.main(["load", str(inputs / "names.tsv")]) == 0
    return home


@pytest.fixture
def texts(jsonl: Command) -> Path:
    path: Path = jsonl("texts.jsonl", TEXTS)
    return path


def test_json_lines_in_json_lines_out(texts: Path, known: Path, tmp_path: Path, medgraph: Command) -> None:
    out = tmp_path / "out.jsonl"
    done = medgraph("tag", str(texts), "-o", str(out), home=known)
    assert done.code == 0
    assert done.out.startswith("4 documents, 9 mentions, 4 relations, 0 failed in ")
    made = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [record["id"] for record in made] == ["a-1", 2, "leer", "007"]
    for record, given in zip(made, TEXTS, strict=True):
        for mention in record["mentions"]:
            assert str(given["text"])[mention["start"] : mention["end"]] == mention["text"]
    assert [(m["text"], m["type"], m["id"], m["polarity"]) for m in made[0]["mentions"]] == [
        ("Metformin", "Chemical", "D008687", "affirmed"),
        ("nausea", "Disease", "HP:0002018", "affirmed"),
        ("cough", "Disease", "HP:0012735", "negated"),
    ]
    assert [(r["subject"], r["predicate"], r["object"], r["polarity"]) for r in made[1]["relations"]] == [
        ("D001241", "causes", "HP:0012735", "negated"),
        ("D014859", "causes", "HP:0002018", "affirmed"),
    ]
    assert made[2] == {"id": "leer", "mentions": [], "relations": []}


def test_standard_output_has_the_documents_alone(texts: Path, known: Path, medgraph: Command) -> None:
    done = medgraph("tag", str(texts), "--to", "pubtator", "--language", "en", home=known)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[:4] == [
        "a-1|t|  Metformin causes nausea. No cough was seen.",
        "a-1|a|",
        "a-1\t2\t11\tMetformin\tChemical\tD008687",
        "a-1\t19\t25\tnausea\tDisease\tHP:0002018",
    ]
    assert "a-1\tcauses\tD008687\tHP:0002018" in lines
    assert "2\tcauses\tD001241\tHP:0012735" not in lines  # it is denied
    assert "4 documents" in done.err


@pytest.mark.parametrize(("to", "suffix"), [("pubtator", "txt"), ("bioc", "xml"), ("bioc", "json"), ("bioc", "xml.gz")])
def test_every_form_is_read_again(
    to: str, suffix: str, texts: Path, known: Path, tmp_path: Path, medgraph: Command
) -> None:
    out = tmp_path / f"out.{suffix}"
    assert medgraph("tag", str(texts), "--to", to, "-o", str(out), home=known).code == 0
    if suffix.endswith("gz"):
        assert gzip.decompress(out.read_bytes()).startswith(b"<?xml")
    found = [record for record in (pubtator if to == "pubtator" else bioc).read(out) if isinstance(record, Document)]
    assert [a.surface for record in found for a in record.annotations] == [
        "Metformin", "nausea", "cough", "Aspirin", "cough", "Warfarin", "nausea", "二甲双胍", "恶心",
    ]  # fmt: skip


def test_the_whole_way_through_pubtator_and_back(texts: Path, known: Path, tmp_path: Path, medgraph: Command) -> None:
    first, second = tmp_path / "first.pubtator", tmp_path / "second.pubtator"
    assert medgraph("tag", str(texts), "--to", "pubtator", "-o", str(first), home=known).code == 0
    # The empty text is no document of PubTator.
    assert medgraph("tag", str(first), "--to", "pubtator", "-o", str(second), home=known).code == 4
    # There a number is a PMID, however it is padded.
    blocks = first.read_text(encoding="utf-8").replace("007", "7").split("\n\n")
    kept = [block for block in blocks if not block.startswith("leer")]
    assert second.read_text(encoding="utf-8").split("\n\n") == kept


def test_a_record_that_cannot_be_read_is_named_and_counted(
    texts: Path, known: Path, tmp_path: Path, medgraph: Command
) -> None:
    with texts.open("a") as file:
        file.write('{"id": "x", "text": "secret words"\n{"id": "y"}\n')
    out = tmp_path / "out.jsonl"
    done = medgraph("tag", str(texts), "-o", str(out), home=known)
    assert done.code == 4
    assert "4 documents" in done.out
    assert "2 failed" in done.out
    assert f"{texts}: line 5: " in done.err
    assert f"{texts}: line 6: " in done.err
    assert "secret" not in done.err
    assert len(out.read_text().splitlines()) == 4
    told = medgraph("tag", str(texts), "-o", str(out), "--json", home=known)
    assert told.code == 4
    assert {key: told.json[key] for key in ("records", "documents", "withdrawn")} == {
        "records": 6, "documents": 4, "withdrawn": 0,
    }  # fmt: skip
    assert [failure["record"] for failure in told.json["failed"]] == ["line 5", "line 6"]


def test_ids_go_through_the_mapping_of_the_graph(texts: Path, tmp_path: Path, medgraph: Command) -> None:
    new = tmp_path / "new"
    mapping = tmp_path / "more.sssom.tsv"
    mapping.write_text(
        "subject_id\tpredicate_id\tobject_id\nMONDO:1\tskos:exactMatch\tMESH:D009325\nMONDO:1\tskos:exactMatch\tOMIM:7\n"
    )
    names = tmp_path / "names.tsv"
    names.write_text("# source: s\nid\ttype\tname\nMESH:D009325\tDisease\tNausea\n")
    assert medgraph("load", str(mapping), str(names), home=new).code == 0
    for ids, id in (("mesh", "D009325"), ("omim", "OMIM:7"), ("canonical", "MONDO:1")):
        done = medgraph("tag", str(texts), "--ids", ids, home=new)
        assert {m["id"] for line in done.out.splitlines() for m in json.loads(line)["mentions"]} == {id}


def test_what_is_there_is_replaced_when_the_new_is_whole(
    texts: Path, known: Path, tmp_path: Path, medgraph: Command
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("of before")
    assert medgraph("tag", str(texts), "-o", str(out), home=known).code == 0
    assert len(out.read_text().splitlines()) == 4
    assert not list(tmp_path.glob("out.jsonl.*"))


def test_a_killed_run_is_taken_up(
    made: Callable[[int], Records], jsonl: Command, known: Path, tmp_path: Path, medgraph: Command, spawn: Command,
    wait_for: Command,
) -> None:  # fmt: skip
    path, out, whole = jsonl("many.jsonl", made(600)), tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    with spawn("tag", str(path), "-o", str(out), "--batch", "2", home=known, MEDGRAPH_TAGGER="dictionary") as process:
        wait_for((tmp_path / "out.jsonl.part.json").exists)
        process.send_signal(signal.SIGKILL)
    assert not out.exists()
    safe = json.loads((tmp_path / "out.jsonl.part.json").read_text())["counts"]["records"]
    assert 0 < safe < 600
    done = medgraph("tag", str(path), "-o", str(out), home=known)
    assert done.code == 0
    assert f"going on with out.jsonl.part behind {safe:,} records" in done.err
    assert done.out.startswith("600 documents, 1,200 mentions, 600 relations, 0 failed")
    medgraph("tag", str(path), "-o", str(whole), home=known)
    assert out.read_bytes() == whole.read_bytes()


def test_a_run_with_other_options_starts_anew(texts: Path, known: Path, tmp_path: Path, medgraph: Command) -> None:
    out = tmp_path / "out.jsonl"
    assert medgraph("tag", str(texts), "-o", str(out), "--limit", "2", home=known).code == 0
    os.replace(out, tmp_path / "out.jsonl.part")
    (tmp_path / "out.jsonl.part.json").write_text(json.dumps({"job": {"--ids": "omim"}, "counts": {}, "bytes": 1}))
    done = medgraph("tag", str(texts), "-o", str(out), home=known)
    assert done.code == 0
    assert "starting anew" in done.err
    assert "--ids" in done.err
    assert len(out.read_text().splitlines()) == 4


def test_devices_and_pipes_are_written_as_they_are(
    texts: Path, known: Path, run: Command, tmp_path: Path, medgraph: Command
) -> None:
    assert medgraph("tag", str(texts), "-o", "/dev/null", home=known).code == 0
    assert not Path("/dev/null").is_file()
    full = medgraph("tag", str(texts), "-o", "/dev/full", home=known)
    assert (full.code, full.out) == (6, "")
    assert full.err.splitlines()[-1] == "medgraph: /dev/full: no space left; with some made, run it again"
    with open("/dev/full", "w") as device:
        done = run("tag", str(texts), home=known, stdout=device, MEDGRAPH_TAGGER="dictionary")
    assert done.code == 6


def test_a_reader_that_goes_away_is_no_error(
    made: Callable[[int], Records], jsonl: Command, known: Path, spawn: Command
) -> None:
    path = jsonl("many.jsonl", made(400))
    with spawn("tag", str(path), "--batch", "1", "-q", home=known, MEDGRAPH_TAGGER="dictionary") as process:
        assert process.stdout.readline().startswith('{"id"')
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == ""


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("none.jsonl",), 3, "no such file"),
        (("odd.bin",), 3, "no known format"),
        (("names.tsv",), 3, "lexicon is no format of documents"),
        (("texts.jsonl", "--format", "xlsx"), 2, "xlsx"),
        (("texts.jsonl", "--to", "csv"), 2, "csv"),
        (("texts.jsonl", "--ids", "umls"), 2, "umls"),
        (("texts.jsonl", "--limit", "0"), 2, "limit"),
        (("texts.jsonl", "-o", "texts.jsonl"), 2, "OUT is IN"),
        ((".", "-o", "./out.jsonl"), 2, "OUT is IN"),
        (("texts.jsonl", "-o", "."), 2, "is a folder"),
        (("texts.jsonl", "-o", "none/out.jsonl"), 5, "no such folder"),
        (("texts.jsonl", "--json"), 2, "name a file with -o"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    args: tuple[str, ...], code: int, said: str, texts: Path, known: Path, inputs: Path, tmp_path: Path,
    medgraph: Command, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("odd.bin").write_bytes(b"\x00\x01")
    Path("names.tsv").write_bytes((inputs / "names.tsv").read_bytes())
    before = sorted(os.listdir())
    done = medgraph("tag", *args, home=known)
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
    assert sorted(os.listdir()) == before


def test_a_folder_that_may_not_be_written_is_named(texts: Path, known: Path, tmp_path: Path, medgraph: Command) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        # Root may write anywhere but where nobody can.
        assert subprocess.run(["test", "-d", "/proc/self"], check=False).returncode == 0
        closed = Path("/proc/self")
    done = medgraph("tag", str(texts), "-o", str(closed / "out.jsonl"), home=known)
    assert done.code == 5
    assert "out.jsonl" in done.err
    assert "Traceback" not in done.err


def test_nothing_is_written_to_the_graph(texts: Path, known: Path, tmp_path: Path, medgraph: Command) -> None:
    home = shutil.copytree(known, tmp_path / "home")
    before = medgraph("fingerprint", home=home).out
    assert medgraph("tag", str(texts), "-o", str(tmp_path / "out"), "--ids", "canonical", home=home).code == 0
    assert medgraph("fingerprint", home=home).out == before


def test_given_mentions_need_the_trained_models(texts: Path, known: Path, medgraph: Command) -> None:
    done = medgraph("tag", str(texts), "--given", "mentions", home=known)
    assert done.code == 2
    assert "MEDGRAPH_TAGGER" in done.err


@pytest.mark.parametrize("ids", ["mesh", "canonical"])
def test_the_trained_models_need_no_home_and_make_none(
    ids: str, texts: Path, tmp_path: Path, medgraph: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MEDGRAPH_TAGGER")
    home, out = tmp_path / "home", tmp_path / "out.jsonl"
    done = medgraph("tag", str(texts), "-o", str(out), "--ids", ids, home=home)
    assert done.code == 0
    assert not home.exists()
    made = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    wanted = {"mesh": "D008687", "canonical": "MESH:D008687"}[ids]
    assert ("Metformin", "Chemical", wanted) in [(m["text"], m["type"], m["id"]) for m in made[0]["mentions"]]


@pytest.mark.parametrize("given", ["mentions", "entities"])
def test_given_annotations_are_the_mentions(
    given: str, tmp_path: Path, medgraph: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MEDGRAPH_TAGGER")
    text = "7|t|Metformin causes nausea.\n7|a|\n"
    annotated = "7\t0\t9\tMetformin\tChemical\tD999999\n7\t17\t23\tnausea\tDisease\t-1\n"
    (tmp_path / "in.pubtator").write_text(text + annotated)
    done = medgraph("tag", str(tmp_path / "in.pubtator"), "--to", "pubtator", "--given", given, home=tmp_path / "home")
    assert done.code == 0
    lines = [line.split("\t") for line in done.out.splitlines() if line.count("\t") == 5]
    assert [line[:5] for line in lines] == [
        ["7", "0", "9", "Metformin", "Chemical"],
        ["7", "17", "23", "nausea", "Disease"],
    ]
    assert (lines[0][5] == "D999999") == (given == "entities")
    if given == "entities":
        assert lines[1][5] == "-"

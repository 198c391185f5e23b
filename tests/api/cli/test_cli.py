"""The command as a user has it: exit codes, what is on stdout and what is not."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from ingest.jobs.ledger import Ledger

Command = Callable[..., Any]
Records = list[dict[str, Any]]


def test_what_was_loaded_and_ingested_is_counted(documents: Records, filled: Path, medgraph: Command) -> None:
    counts = medgraph("stats", "--json", home=filled).json
    assert counts["documents"] == len(documents)
    assert counts["passages"] == counts["vectors"] == len(documents)
    # The twelve that were loaded, and what the trained tagger links beyond them.
    assert counts["entities"] >= 12
    assert counts["mentions"] > 10
    assert counts["assertions"] >= counts["relations"] >= 5
    assert sum(counts["by_type"].values()) == counts["entities"]
    told = medgraph("stats", home=filled)
    assert f"documents{len(documents):>17}" in told.out


def test_loading_and_ingesting_again_changes_nothing(
    documents: Records, home: Path, inputs: Path, medgraph: Command
) -> None:
    before = medgraph("fingerprint", home=home).out
    again = medgraph("ingest", str(inputs / "documents.jsonl"), "--json", home=home)
    assert again.code == 0
    assert again.json == {
        "read": len(documents), "added": 0, "updated": 0, "unchanged": len(documents), "outdated": 0,
        "deleted": 0, "failed": [], "left": [],
    }  # fmt: skip
    loaded = medgraph("load", str(inputs / "names.tsv"), "--json", home=home)
    assert loaded.code == 0
    assert (loaded.json["added"], loaded.json["updated"], loaded.json["read"]) == (0, 12, 12)
    assert medgraph("fingerprint", home=home).out == before


def test_a_fingerprint_is_one_line_of_hex(filled: Path, medgraph: Command) -> None:
    line = medgraph("fingerprint", home=filled).out
    assert len(line) == 65
    assert int(line, 16) > 0


def test_every_record_is_accounted_for(
    jsonl: Command, documents: Records, home: Path, tmp_path: Path, medgraph: Command
) -> None:
    new = {"pmid": 900, "title": "New", "abstract": "Aspirin is given to many."}
    changed = {**documents[0], "title": "Another title"}
    mixed = jsonl("mixed.jsonl", [documents[1], changed, new])
    with mixed.open("a") as file:
        file.write('{broken\n{"note": "no id and no text"}\n')
    done = medgraph("ingest", str(mixed), "--json", home=home)
    assert done.code == 4
    tally = done.json
    assert {key: tally[key] for key in ("read", "added", "updated", "unchanged", "deleted")} == {
        "read": 5, "added": 1, "updated": 1, "unchanged": 1, "deleted": 0,
    }  # fmt: skip
    assert [(failure["file"], failure["record"]) for failure in tally["failed"]] == [
        (str(mixed), "line 4"),
        (str(mixed), "line 5"),
    ]
    told = medgraph("ingest", str(mixed), home=home)
    assert told.code == 4
    assert told.out.startswith("5 read, 0 added, 0 updated, 3 unchanged, 0 deleted, 2 failed")
    assert "mixed.jsonl: line 4: " in told.err
    assert "no id and no text" not in told.err


def test_a_limit_ends_the_reading(tmp_path: Path, inputs: Path, medgraph: Command) -> None:
    done = medgraph("ingest", str(inputs / "documents.jsonl"), "--limit", "2", "--json", home=tmp_path / "new")
    assert (done.code, done.json["read"], done.json["added"]) == (0, 2, 2)


def test_documents_can_be_labelled(tmp_path: Path, inputs: Path, medgraph: Command) -> None:
    home = tmp_path / "new"
    medgraph("ingest", str(inputs / "documents.jsonl"), "--access", "ward:7", home=home)
    assert medgraph("search", "metformin", "--json", home=home).json["hits"] == []
    assert medgraph("search", "metformin", "--json", "--access", "ward:7", home=home).json["hits"]


def test_deleting_is_exact(jsonl: Command, home: Path, tmp_path: Path, medgraph: Command) -> None:
    before = medgraph("fingerprint", home=home).out
    extra = jsonl("extra.jsonl", [{"pmid": 900, "title": "More", "abstract": "Metformin causes cough."}])
    medgraph("ingest", str(extra), home=home)
    assert medgraph("search", "metformin cough", "--json", home=home).json["hits"][0]["document"] == "PMID:900"
    assert medgraph("fingerprint", home=home).out != before
    done = medgraph("delete", "PMID:900", "--json", home=home)
    assert (done.code, done.json) == (0, {"deleted": 1, "missing": []})
    assert medgraph("fingerprint", home=home).out == before
    hits = medgraph("search", "metformin cough", "--json", home=home).json["hits"]
    assert "PMID:900" not in {hit["document"] for hit in hits}
    again = medgraph("delete", "PMID:900", "--json", home=home)
    assert (again.code, again.json) == (8, {"deleted": 0, "missing": ["PMID:900"]})


def test_search_gives_hits_in_the_agreed_words(filled: Path, medgraph: Command) -> None:
    hits = medgraph("search", "lactic acidosis", "--k", "3", "--json", home=filled).json["hits"]
    assert 1 <= len(hits) <= 3
    first = hits[0]
    assert {"document", "passage", "title", "text", "score"} <= set(first)
    assert first["document"] == "PMID:102"
    assert "Metformin may cause lactic acidosis." in first["text"]
    told = medgraph("search", "lactic acidosis", home=filled)
    assert told.out.lstrip().startswith("1. PMID:102 · A rare danger · 2015")


def test_search_filters(filled: Path, medgraph: Command) -> None:
    def found(*options: str) -> set[str]:
        hits = medgraph("search", "metformin warfarin aspirin", "--json", *options, home=filled).json["hits"]
        return {hit["document"] for hit in hits}

    assert "letter:1" not in found()
    assert "letter:1" in found("--access", "patient:42")
    assert "letter:1" in found("--all-access")
    assert found("--year-from", "2018", "--year-to", "2018") == {"PMID:103"}
    assert found("--language", "zh") == {"PMID:104"}
    assert found("--document", "PMID:101") == {"PMID:101"}
    assert found("--entity", "MESH:D014859") == {"PMID:103", "DOI:10.1/ab/c"}
    assert found("--source", "nowhere") == set()


def test_an_answer_comes_in_the_agreed_words(filled: Path, medgraph: Command) -> None:
    done = medgraph("ask", "What are the adverse effects of metformin?", "--json", home=filled)
    assert done.code == 0
    assert {"answer", "abstained", "reason", "sentences", "evidence"} <= set(done.json)
    assert done.json["abstained"] is False
    known = {piece["id"] for piece in done.json["evidence"]}
    for sentence in done.json["sentences"]:
        assert set(sentence) == {"text", "citations"}
        assert sentence["citations"]
        assert set(sentence["citations"]) <= known
    for piece in done.json["evidence"]:
        assert {"id", "kind", "source", "text", "start", "end", "why", "score"} <= set(piece)


def test_an_answer_is_printed_with_its_sources(filled: Path, medgraph: Command) -> None:
    done = medgraph("ask", "What are the adverse effects of metformin?", home=filled)
    answer, _, sources = done.out.partition("\nSources\n")
    assert "[E1]" in answer or "[E1," in answer
    assert "PMID:10" in sources
    assert "“" in sources


def test_abstaining_is_no_failure(filled: Path, medgraph: Command) -> None:
    done = medgraph("ask", "Who won the football cup?", "--json", home=filled)
    assert (done.code, done.json["abstained"], done.json["answer"]) == (0, True, "")
    assert done.json["reason"]
    assert medgraph("ask", "", "--json", home=filled).json["reason"] == "empty_question"


def test_a_question_comes_from_stdin_and_stdout_is_json_alone(run: Command, filled: Path) -> None:
    done = run("ask", "-", "--json", home=filled, stdin="二甲双胍有哪些不良反应？")
    assert done.code == 0
    assert done.json["language"] == "zh"


def test_what_is_labelled_is_not_answered_from(filled: Path, medgraph: Command) -> None:
    question = "Which drugs does the patient take?"
    public = medgraph("ask", question, "--json", home=filled).json
    assert "letter:1" not in {piece["source"] for piece in public["evidence"]}
    asked = medgraph("ask", "Does warfarin cause nausea?", "--patient", "42", "--json", home=filled).json
    assert "letter:1" in {piece["source"] for piece in asked["evidence"]}


def test_entities_by_id_and_by_name(filled: Path, medgraph: Command) -> None:
    by_id = medgraph("entity", "X:a/b", "--json", home=filled).json["entities"]
    assert [entity["name"] for entity in by_id] == ["Slashed concept"]
    by_name = medgraph("entity", "二甲双胍", "--json", home=filled).json["entities"]
    assert by_name[0]["id"] == "MESH:D008687"
    assert medgraph("entity", "Metformin", home=filled).out.startswith("MESH:D008687  Drug  Metformin")
    assert (
        medgraph("entity", "Cold", "--type", "Disease", "--json", home=filled).json["entities"][0]["type"] == "Disease"
    )


def test_neighbours_and_paths_are_named(filled: Path, medgraph: Command) -> None:
    near = medgraph("neighbours", "metformin", "--predicate", "treats", "--json", home=filled).json
    assert near["entity"]["id"] == "MESH:D008687"
    assert [n["other"]["name"] for n in near["neighbours"]] == ["Type 2 diabetes mellitus"]
    assert near["neighbours"][0]["affirmed"] == 2
    told = medgraph("neighbours", "MESH:D008687", home=filled).out
    assert "→ treats" in told
    assert "more" not in told
    cut = medgraph("neighbours", "MESH:D008687", "--limit", "1", home=filled).out
    assert f"  and {len(told.splitlines()) - 2} more: --offset 1" in cut
    assert "no more relations" in medgraph("neighbours", "MESH:D008687", "--offset", "99", home=filled).out
    found = medgraph("paths", "Type 2 diabetes mellitus", "Nausea", "--json", home=filled).json["paths"]
    assert [node["name"] for node in found[0]["nodes"]] == ["Type 2 diabetes mellitus", "Metformin", "Nausea"]
    line, *reasons = medgraph("paths", "Type 2 diabetes mellitus", "Nausea", home=filled).out.splitlines()
    assert line == "Type 2 diabetes mellitus ←treats— Metformin —has_adverse_effect→ Nausea"
    assert any(reason.startswith("    Metformin has the adverse effect Nausea. [PMID:") for reason in reasons)
    nowhere = medgraph("paths", "Type 2 diabetes mellitus", "Nausea", "--not-through", "metformin", home=filled).out
    assert nowhere == "no path of up to 4 hops\n"
    assert medgraph("paths", "Nausea", "Cough", "--through", "Thing", home=filled).code == 3
    cold = medgraph("neighbours", "Cold", "--json", home=filled).json
    assert {cold["entity"]["type"], *(other["type"] for other in cold["also"])} == {"Disease", "Phenotype"}


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["bogus"], 2, "No such command"),
        (["ask"], 2, "Missing argument"),
        (["ingest", "x", "--format", "obo"], 2, "'obo' is not one of"),
        (["ask", "why?", "--access", "no label"], 2, "access label"),
        (["neighbours", "MESH:D008687", "--predicate", "eats"], 3, "unknown predicate"),
        (["ingest", "/no/such/file"], 3, "/no/such/file"),
        (["load", "/no/such/file"], 3, "/no/such/file"),
        (["entity", "MESH:D0"], 8, "MESH:D0"),
        (["entity", "nothing of the kind"], 8, "no entity"),
        (["neighbours", "nothing of the kind"], 8, "no entity"),
        (["paths", "Nausea", "nothing of the kind"], 8, "no entity"),
        (["delete", "PMID:0"], 8, "PMID:0"),
    ],
)
def test_expected_errors_are_one_line_and_a_code(
    args: list[str], code: int, said: str, home: Path, medgraph: Command
) -> None:
    done = medgraph(*args, home=home)
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err


def test_bad_settings_end_every_command(run: Command, filled: Path) -> None:
    done = run("stats", "--json", home=filled, MEDGRAPH_PORT="many")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("medgraph: MEDGRAPH_PORT: ")


def test_a_store_that_is_not_there(run: Command, filled: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"MEDGRAPH_GRAPH_URL": f"bolt://127.0.0.1:{port}", "MEDGRAPH_GRAPH_PASSWORD": "hunter2"}
    done = run("stats", home=filled, **settings)
    assert done.code == 5
    assert "hunter2" not in done.err
    assert "Traceback" not in done.err


def test_a_damaged_store(home: Path, medgraph: Command) -> None:
    (home / "graph.sqlite").write_bytes(b"this is no database" * 1000)
    for name in ("graph.sqlite-wal", "graph.sqlite-shm"):
        (home / name).unlink(missing_ok=True)
    done = medgraph("stats", home=home)
    assert done.code == 7
    assert "graph.sqlite is damaged" in done.err


def test_a_home_that_cannot_be_made(tmp_path: Path, medgraph: Command) -> None:
    (tmp_path / "file").write_text("in the way")
    done = medgraph("stats", home=tmp_path / "file" / "home")
    assert done.code == 5
    assert "MEDGRAPH_HOME" in done.err


def test_a_full_disk(run: Command, filled: Path, inputs: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full on this system")
    with full.open("w") as out:
        done = run("search", "metformin", "--json", home=filled, stdout=out)
    assert done.code == 6
    assert "Traceback" not in done.err


def test_whoever_stops_reading_hears_no_complaint(run: Command, filled: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as out:
        done = run("stats", home=filled, stdout=out)
    assert (done.code, done.err) == (0, "")


def test_control_characters_of_a_document_do_not_reach_the_terminal(
    jsonl: Command, home: Path, tmp_path: Path, medgraph: Command
) -> None:
    text = "Zinc \x1b]0;owned\x07 is a metal."
    evil = jsonl("evil.jsonl", [{"pmid": 901, "title": "T\x1b[2Jitle", "abstract": text}])
    medgraph("ingest", str(evil), home=home)
    told = medgraph("search", "zinc metal", "--document", "PMID:901", home=home)
    assert "PMID:901" in told.out
    assert "\x1b" not in told.out


def test_check_says_what_is_there(filled: Path, medgraph: Command) -> None:
    found = medgraph("check", "--json", home=filled)
    assert found.code == 0
    states = {check["part"]: check["state"] for check in found.json["checks"]}
    assert found.json["ok"] is True
    assert (states["graph"], states["encoder"], states["language model"]) == ("ok", "ok", "off")
    told = medgraph("check", home=filled)
    assert "bge-small-en-medical" in told.out


def test_check_fails_where_something_needed_is_not_there(run: Command, filled: Path, tmp_path: Path) -> None:
    done = run("check", "--json", home=filled, MEDGRAPH_MODELS=str(tmp_path))
    assert done.code == 5
    states = {check["part"]: check["state"] for check in done.json["checks"]}
    assert (done.json["ok"], states["graph"], states["encoder"]) == (False, "ok", "unreachable")


def test_two_writers_take_turns(spawn: Command, home: Path) -> None:
    with FileLock(home / "ingest.lock"):
        second = spawn("delete", "PMID:103", "--json", home=home)
        assert "another ingestion is running: waiting" in second.stderr.readline()
        assert second.poll() is None
    out, _ = second.communicate(timeout=240)
    assert (second.returncode, json.loads(out)) == (0, {"deleted": 1, "missing": []})


def test_an_interrupted_ingestion_goes_on(
    made: Command, wait_for: Command, spawn: Command, jsonl: Command, medgraph: Command, home: Path, tmp_path: Path
) -> None:
    whole = Path(shutil.copytree(home, tmp_path / "whole"))
    many = jsonl("many.jsonl", made(400))
    ledger = Ledger(home / "ledger.sqlite")
    before = len(ledger)
    running = spawn("ingest", str(many), "--json", home=home)
    wait_for(lambda: len(ledger) > before)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=240)
    assert (running.returncode, out) == (130, "")
    assert "interrupted" in err
    assert "Traceback" not in err
    assert before < len(ledger) < before + 400
    ledger.close()
    again = medgraph("ingest", str(many), "--json", home=home)
    assert again.code == 0
    assert again.json["unchanged"] > 0
    assert again.json["read"] == again.json["added"] + again.json["unchanged"] == 400
    assert medgraph("ingest", str(many), "-q", home=whole).code == 0
    assert medgraph("fingerprint", home=home).out == medgraph("fingerprint", home=whole).out

"""`medgraph evaluate retrieval`: one JSON object, a home that is kept and taken up, and files that cannot be read."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CORPUS: list[dict[str, Any]] = [
    {"_id": "1", "title": "Gout", "text": "Colchicine relieves gouty arthritis within a day."},
    {"_id": "2", "title": "Migraine", "text": "Triptans taken early stop an attack of migraine."},
    {"_id": "3", "title": "", "text": "Warfarin and aspirin together raise the risk of bleeding."},
    {"_id": "4", "title": "肾病", "text": "布洛芬禁用于严重肾功能衰竭。"},
]
QUERIES = [
    {"_id": "a", "text": "What helps against gout?"},
    {"_id": "b", "text": "drugs that stop a migraine attack"},
    {"_id": "c", "text": "bleeding with aspirin"},
    {"_id": "d", "text": "nobody judged this"},
]
QRELS = "query-id\tcorpus-id\tscore\na\t1\t1\nb\t2\t2\nb\t3\t1\nc\t3\t1\nc\t99\t0\nz\t1\t1\nd\t1\t0\n"
EXACT = {"queries": 3, "documents": 4, "empty_documents": 0, "repeated_documents": 0, "queries_without_judgements": 1}


@pytest.fixture
def files(tmp_path: Path, jsonl: Callable[..., Path]) -> tuple[str, ...]:
    (tmp_path / "qrels.tsv").write_text(QRELS)
    corpus, queries = jsonl("corpus.jsonl", CORPUS), jsonl("queries.jsonl", QUERIES)
    return "--corpus", str(corpus), "--queries", str(queries), "--qrels", str(tmp_path / "qrels.tsv")


def test_one_object_holds_every_figure(files: tuple[str, ...], tmp_path: Path, medgraph: Callable[..., Any]) -> None:
    per_query = tmp_path / "found.jsonl"
    done = medgraph("evaluate", "retrieval", *files, "--per-query", str(per_query))
    assert (done.code, done.err) == (0, "")
    found = done.json
    assert {name: found[name] for name in EXACT} == EXACT
    assert (found["passages"], found["indexed_documents"]) == (4, 4)
    assert (found["judged_documents_unknown"], found["judged_queries_unknown"]) == (1, 1)
    assert (found["mode"], found["encoder"]) == ("hybrid", "bge-small-en-medical/1 + e5-small-zh-int8/1")
    assert found["recall@10"] == found["recall@100"] == found["mrr@10"] == 1
    assert found["recall@10_ci"] == [1, 1]
    assert 0.9 < found["ndcg@10"] <= 1
    assert 0 < found["milliseconds"]["p50"] <= found["milliseconds"]["p95"]
    rows = {row["query"]: row for row in map(json.loads, per_query.read_text().splitlines())}
    assert set(rows) == {"a", "b", "c"}
    assert rows["a"]["documents"][0][0] == "1"
    assert (rows["b"]["relevant"], rows["b"]["mrr@10"]) == (2, 1)
    assert sum(row["ndcg@10"] for row in rows.values()) / 3 == pytest.approx(found["ndcg@10"])


@pytest.mark.parametrize("mode", ["lexical", "dense", "rerank"])
def test_every_mode_answers(mode: str, files: tuple[str, ...], medgraph: Callable[..., Any]) -> None:
    found = medgraph("evaluate", "retrieval", *files, "--mode", mode, "--k", "10").json
    assert found["mode"] == mode
    assert found["recall@10"] >= 2 / 3
    assert "recall@100" not in found


def test_nothing_is_read_or_left_in_the_home_of_the_graph(
    files: tuple[str, ...], tmp_path: Path, medgraph: Callable[..., Any]
) -> None:
    home = tmp_path / "own"
    assert medgraph("evaluate", "retrieval", *files, home=home).code == 0
    assert not home.exists()


def test_a_kept_home_is_used_again_and_refuses_another_corpus(
    files: tuple[str, ...], tmp_path: Path, jsonl: Callable[..., Path], medgraph: Callable[..., Any]
) -> None:
    kept = tmp_path / "kept"
    first = medgraph("evaluate", "retrieval", *files, "--home", str(kept)).json
    again = medgraph("evaluate", "retrieval", *files, "--home", str(kept)).json
    assert (first["indexed_documents"], again["indexed_documents"]) == (4, 0)
    assert {name: again[name] for name in ("ndcg@10", "passages")} == {n: first[n] for n in ("ndcg@10", "passages")}
    assert list(kept.glob("index/generation-*"))
    jsonl("corpus.jsonl", CORPUS[:3])
    other = medgraph("evaluate", "retrieval", *files, "--home", str(kept))
    assert (other.code, other.out) == (5, "")
    assert "another collection" in other.err


def test_an_empty_document_is_counted_and_told(
    files: tuple[str, ...], jsonl: Callable[..., Path], medgraph: Callable[..., Any]
) -> None:
    jsonl("corpus.jsonl", [*CORPUS, {"_id": "5", "title": "", "text": ""}, CORPUS[0]])
    done = medgraph("evaluate", "retrieval", *files)
    assert done.code == 4
    assert (done.json["empty_documents"], done.json["repeated_documents"], done.json["documents"]) == (1, 1, 4)
    assert "1 documents are left out: empty" in done.err


def test_bad_files_are_told_in_one_line(
    files: tuple[str, ...], tmp_path: Path, jsonl: Callable[..., Path], medgraph: Callable[..., Any]
) -> None:
    broken = jsonl("broken.jsonl", [*CORPUS[:2], {"_id": "7", "text": 3}])
    for option, path, told in [
        ("--corpus", str(broken), f"{broken}: line 3: text is no string"),
        ("--queries", str(tmp_path / "none"), "No such file"),
        ("--qrels", str(broken), f"{broken}: line 1: neither query-id"),
    ]:
        done = medgraph("evaluate", "retrieval", *files, option, path)
        assert (done.code, done.out) == (3, ""), done.err
        assert told in done.err
        assert done.err.count("\n") == 1
    unjudged = jsonl("unjudged.jsonl", [QUERIES[3]])
    done = medgraph("evaluate", "retrieval", *files, "--queries", str(unjudged))
    assert done.code == 2
    assert "judges relevant" in done.err


def test_a_killed_indexing_is_taken_up(
    files: tuple[str, ...],
    tmp_path: Path,
    jsonl: Callable[..., Path],
    medgraph: Callable[..., Any],
    spawn: Callable[..., Any],
    wait_for: Callable[..., None],
) -> None:
    more = [{"_id": f"n{n}", "text": f"Report {n} tells of a cough. " * 30} for n in range(1500)]
    jsonl("corpus.jsonl", [*CORPUS, *more])
    kept = tmp_path / "kept"
    running = spawn("evaluate", "retrieval", *files, "--home", str(kept), home=tmp_path / "own")
    wait_for(lambda: _written(kept) > 0)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    written = _written(kept)
    assert 0 < written < 1504
    found = medgraph("evaluate", "retrieval", *files, "--home", str(kept)).json
    assert (found["documents"], found["indexed_documents"]) == (1504, 1504 - written)


def _written(home: Path) -> int:
    import sqlite3

    file = home / "passages.sqlite"
    if not file.exists():
        return 0
    db = sqlite3.connect(file)
    try:
        return int(db.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()


def test_empty_documents_alone_are_no_failure(
    files: tuple[str, ...], jsonl: Callable[..., Path], medgraph: Callable[..., Any]
) -> None:
    jsonl("corpus.jsonl", [*CORPUS, {"_id": "5", "title": "", "text": " "}])
    done = medgraph("evaluate", "retrieval", *files, "--mode", "lexical")
    assert (done.code, done.json["empty_documents"]) == (0, 1)

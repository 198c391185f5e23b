"""Every module stays small and simple, reads nothing when it is imported, and has a test of its own.

A gate lists what is not so today, each with its reason. One that is mended must leave the list: it fails otherwise.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

ROOT = Path(__file__).resolve().parent.parent
BELOW = ("text", "storage", "graph", "retrieval", "ingest", "qa", "training", "evaluation")
"""The rooms below the doors."""
ROOMS = (*BELOW, "api")
LINES = 350
COMPLEXITY = 20

LONG = {
    "deploy/neo4j/server.py": "a program of its own, which runs where nothing of medgraph is installed",
    "graph/neo4j/store.py": "one protocol, whose methods are long in what they take and short in what they do",
    "graph/sqlite/store.py": "the same protocol, in the same way",
    "tests/api/http/test_http.py": "one server answers all of it",
    "tests/graph/test_store_contract.py": "one contract over all stores",
    "tests/graph/test_store_reads.py": "one contract over all stores",
    "tests/ingest/jobs/test_job.py": "one job, killed and taken up in all its places",
    "tests/ingest/sources/fhir/test_bundles.py": "one bundle with all kinds of resources",
    "tests/retrieval/test_passages.py": "one store with all its faults",
}
"""Files of more than 350 lines, and why."""

COMPLEX: dict[str, str] = {}
"""Functions of a cyclomatic complexity over 20, and why."""

READ_AT_IMPORT: dict[str, str] = {}
"""Modules that read a file or the environment when they are imported, and why."""

_COMMAND = "is called through api.cli.main, as a user calls it"
_ROUTE = "is asked over HTTP, by the tests of a running server"
_STORE = "is a part of its store, proved by the contract that all stores keep"
_WORDS = "holds words alone: a protocol, or what is printed, which the tests of both doors compare"
UNTESTED = {
    _COMMAND: """
        api/audit/command.py api/cli/ask.py api/cli/audit.py api/cli/check.py api/cli/common.py api/cli/delete.py
        api/cli/drugs.py api/cli/drugs_check.py
        api/cli/drugs_table.py api/cli/differential.py api/cli/differential_asking.py
        api/cli/differential_batch.py api/cli/differential_table.py
        api/cli/drug.py api/cli/drug_table.py api/cli/drug_words.py api/cli/drugs_for.py
        api/cli/uses_table.py api/cli/entity.py api/cli/evaluate.py api/cli/evaluate_answers.py
        api/cli/evaluate_retrieval.py
        api/cli/evaluation.py api/cli/export.py api/cli/fingerprint.py api/cli/keys.py api/cli/ingest.py
        api/cli/jobs.py api/cli/load.py
        api/cli/neighbours.py api/cli/paths.py api/cli/progress.py api/cli/reindex.py api/cli/repurpose.py
        api/cli/review.py
        api/cli/search.py
        api/cli/serve.py api/cli/tag.py api/cli/train.py api/cli/train_findings.py
        api/cli/train_gate.py api/cli/train_groups.py api/cli/train_questions.py
        api/cli/train_relations.py
        api/cli/train_repurposing.py api/cli/train_retriever.py api/cli/training.py api/cli/twins.py
        api/cli/unload.py api/cli/why.py
        api/cli/search_sentences.py api/cli/train_sentences.py api/cli/train_statements.py
    """,
    _ROUTE: """
        api/http/chat_schemas.py api/http/dependencies.py api/http/openapi.py api/http/problem.py
        api/http/routes/answers.py
        api/http/routes/chat.py api/http/routes/differential.py api/http/routes/documents.py api/http/routes/drugs.py
        api/http/routes/drug_pages.py api/http/routes/entities.py api/http/routes/guide.py
        api/http/routes/health.py api/http/routes/jobs.py api/http/routes/me.py api/http/routes/metrics.py
        api/http/routes/page.py api/http/routes/repurposing.py
        api/http/routes/search.py
        api/http/routes/sources.py api/http/routes/statements.py api/http/visit.py
        api/audit/entries.py api/audit/recorder.py
    """,
    _STORE: """
        graph/neo4j/edges.py graph/neo4j/guide_blocks.py graph/neo4j/guide_drugs.py
        graph/neo4j/layout.py
        graph/neo4j/identities.py graph/neo4j/pending.py graph/neo4j/read.py graph/neo4j/rows.py
        graph/neo4j/shapes.py graph/neo4j/table.py graph/neo4j/write.py
        graph/sqlite/columns.py graph/sqlite/counts.py graph/sqlite/declare.py graph/sqlite/identities.py
        graph/sqlite/queries.py graph/sqlite/read.py graph/sqlite/rows.py graph/sqlite/schema.py
        graph/sqlite/settle.py graph/sqlite/versions.py graph/sqlite/write.py retrieval/passage_rows.py
    """,
    _WORDS: """
        api/schemas/answers.py api/schemas/differential.py
        api/schemas/documents.py api/schemas/drugs.py api/schemas/drug_pages.py
        api/schemas/graph.py api/schemas/repurposing.py api/schemas/search.py
        api/schemas/sentences.py api/schemas/state.py
        api/schemas/statements.py qa/asked/reader.py qa/writing/writer.py
    """,
}
"""Modules that no test in their place imports, by the reason why."""


def files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def agree(reality: Iterable[str], listed: Iterable[str], what: str) -> None:
    """Fail for what is so and not listed, and for what is listed and no longer so."""
    now, allowed = set(reality), set(listed)
    more, mended = sorted(now - allowed), sorted(allowed - now)
    assert not more, f"{what}: {', '.join(more)}"
    assert not mended, f"no longer so, take it off the list ({what}): {', '.join(mended)}"


def test_a_list_holds_what_is_so_and_nothing_else() -> None:
    agree(["a", "b"], ["b", "a"], "letters")
    with pytest.raises(AssertionError, match="letters: c"):
        agree(["a", "c"], ["a"], "letters")
    with pytest.raises(AssertionError, match=r"no longer so.*: b"):
        agree(["a"], ["a", "b"], "letters")


def test_a_file_is_short() -> None:
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(*ROOMS, "tests", "benchmarks", "deploy")
    }
    assert len(lengths) > 300
    agree((path for path, lines in lengths.items() if lines > LINES), LONG, f"over {LINES} lines")


def test_a_function_is_simple() -> None:
    complexities = {
        f"{name(path)} {block.fullname}": block.complexity
        for path in files(*ROOMS)
        for block in cc_visit(path.read_text(encoding="utf-8"))
        if isinstance(block, Function)
    }
    assert len(complexities) > 1_000
    agree(
        (function for function, complexity in complexities.items() if complexity > COMPLEXITY),
        COMPLEX,
        f"a complexity over {COMPLEXITY}",
    )


IMPORTING = """
import importlib, json, os, sys
root, names = sys.argv[1], sys.argv[2:]
sys.path.insert(0, root)
seen = []

def importing():
    # The module whose own code runs now; none while one is looked for, or where a library works for itself.
    frame = sys._getframe(2)
    if frame.f_code.co_filename.startswith("<frozen importlib"):
        return None
    while frame is not None:
        if frame.f_code.co_name == "<module>":
            file = frame.f_code.co_filename
            inside = file.startswith(root + os.sep) and not file.startswith(sys.prefix + os.sep)
            return os.path.relpath(file, root) if inside else None
        frame = frame.f_back

def heard(event, args):
    if event in ("open", "os.listdir", "os.scandir", "sqlite3.connect", "subprocess.Popen", "socket.connect"):
        module = importing()
        if module is not None:
            seen.append([module, f"{event} {args[0]}"])

read = type(os.environ).__getitem__

def watched(self, key):
    module = importing()
    if module is not None:
        seen.append([module, f"environment {key}"])
    return read(self, key)

type(os.environ).__getitem__ = watched
sys.addaudithook(heard)
for name in names:
    importlib.import_module(name)
print(json.dumps(seen))
"""


def read_when_imported(root: Path, modules: Iterable[str]) -> dict[str, list[str]]:
    """For each file of those modules that reads something when it is imported, what it reads."""
    command = [sys.executable, "-c", IMPORTING, str(root), *modules]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    reads: dict[str, list[str]] = {}
    for file, what in json.loads(done.stdout.splitlines()[-1]):
        reads.setdefault(file, []).append(what)
    return reads


def test_nothing_is_read_at_import_below_the_doors() -> None:
    modules = [name(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in files(*BELOW)]
    reads = read_when_imported(ROOT, modules)
    agree(reads, READ_AT_IMPORT, f"is read at import: {reads}")


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("import pathlib; WORDS = pathlib.Path(__file__).with_name('words.txt').read_text()", True),
        ("class Words:\n    TEXT = open(__file__.replace('one.py', 'words.txt')).read()", True),
        ("import os; HOME = os.environ.get('HOME')", True),
        ("import os; HOME = os.getenv('HOME')", True),
        ("import os; NAMES = os.listdir('.')", True),
        ("from other import TEXT", True),
        ("import json, csv, sqlite3, email.message", False),
        ("def later():\n    return open('words.txt').read()", False),
    ],
)
def test_what_is_read_at_import_is_seen(line: str, seen: bool, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("word")
    (tmp_path / "other.py").write_text("TEXT = open(__file__.replace('other.py', 'words.txt')).read()\n")
    (tmp_path / "one.py").write_text(line + "\n")
    assert bool(read_when_imported(tmp_path, ["one"])) == seen


@cache
def imported(path: Path) -> frozenset[str]:
    return frozenset(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_a_module_has_a_test_of_its_own() -> None:
    without = []
    for path in files(*ROOMS):
        if path.name.startswith("_"):
            continue
        place = ROOT / "tests" / path.relative_to(ROOT).parent
        tested = {module for test in place.glob("*.py") for module in imported(test)}
        if name(path).removesuffix(".py").replace("/", ".") not in tested:
            without.append(name(path))
    listed = [module for modules in UNTESTED.values() for module in modules.split()]
    assert len(listed) == len(set(listed))
    agree(without, listed, "imported by no test in its place")

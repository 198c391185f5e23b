"""The house stands as its plan says: rooms, doors, and what stands in front of each."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "text": {"text"},
    "storage": {"storage"},
    "graph": {"graph", "storage", "text"},
    "retrieval": {"retrieval", "storage", "text"},
    "ingest": {"ingest", "graph", "retrieval", "storage", "text"},
    "qa": {"qa", "graph", "retrieval", "storage", "text"},
    "training": {"training", "evaluation", "ingest", "qa", "graph", "retrieval", "text"},
    "evaluation": {"evaluation", "training", "ingest", "qa", "graph", "retrieval", "text"},
    "api": {"api", "training", "evaluation", "qa", "ingest", "graph", "retrieval", "storage", "text"},
}
FLOORS = {
    "ingest": {
        "jobs": {"jobs", "sinks", "reading", "sources"},
        "sinks": {"sinks", "reading"},
        "reading": {"reading"},
        "sources": {"sources"},
    },
    "qa": {
        "plans": {"plans", "steps", "verdicts", "ways", "differential", "drugs", "evidence", "asked"},
        "steps": {"steps", "verdicts", "ways", "differential", "drugs", "evidence", "asked"},
        "verdicts": {"verdicts", "ways", "differential", "drugs", "evidence", "asked"},
        "ways": {"ways", "drugs", "evidence", "asked"},
        "differential": {"differential", "evidence", "asked"},
        "drugs": {"drugs", "evidence", "asked"},
        "evidence": {"evidence", "asked"},
        "asked": {"asked"},
        "writing": {"writing", "evidence", "asked"},
        "checking": {"checking", "evidence", "asked"},
    },
}
"""Which floors of a room each floor may use. Modules directly in the room are its words, or its way (`answer`)."""
ADAPTERS = {
    "graph.sqlite.store",
    "graph.neo4j.store",
    "retrieval.onnx_encoder",
    "retrieval.sentence_transformer_encoder",
    "retrieval.encoder_process",
    "retrieval.faiss_index",
    "ingest.reading.dictionary.dictionary_tagger",
    "ingest.reading.trained_tagger",
    "ingest.reading.recognition.onnx_recognizer",
    "ingest.reading.recognition.chinese_recognizer",
    "ingest.reading.recognition.torch_recognizer",
    "ingest.reading.recognition.transformers_recognizer",
    "ingest.reading.linking.linker",
    "ingest.reading.relations.onnx_relator",
}
HEAVY = {
    "torch",
    "transformers",
    "sentence_transformers",
    "faiss",
    "spacy",
    "negspacy",
    "neo4j",
    "langchain",
    "langchain_openai",
    "onnxruntime",
    "matplotlib",
    "sklearn",
}
ALLOWED_HEAVY = {"api/pipeline.py": {"spacy"}}
"""What a module may import when it is imported itself: spaCy alone imports its component."""


def modules(room: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / room).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_resolves_inside_this_repository(room: str) -> None:
    spec = importlib.util.find_spec(room)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).parent == ROOT / room


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_doors_open_only_the_allowed_way(room: str) -> None:
    for path, tree in modules(room):
        rooms = {name.partition(".")[0] for name in imported(tree)} & set(MAY_IMPORT)
        assert rooms <= MAY_IMPORT[room], f"{path} imports {rooms - MAY_IMPORT[room]}"


@pytest.mark.parametrize("room", FLOORS)
def test_floors_use_what_is_below_them(room: str) -> None:
    for floor, allowed in FLOORS[room].items():
        for path, tree in modules(f"{room}/{floor}"):
            used = {
                name.split(".")[1] for name in imported(tree) if name.startswith(f"{room}.") and name.count(".") > 1
            }
            assert (used & FLOORS[room].keys()) <= allowed, f"{path} uses {(used & FLOORS[room].keys()) - allowed}"


def test_only_the_wiring_names_adapters() -> None:
    for room in MAY_IMPORT:
        for path, tree in modules(room):
            if path == ROOT / "api" / "wiring.py":
                continue
            foreign = {name for name in imported(tree) if name in ADAPTERS and not name.startswith(f"{room}.")}
            # What makes the weights of an adapter has to know it.
            foreign = set() if room in ("training", "evaluation") else foreign
            assert not foreign, f"{path} names {foreign}"


def test_imports_run_in_no_circle() -> None:
    names = {}
    for room in MAY_IMPORT:
        for path, tree in modules(room):
            names[".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = tree
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {name: {other for other in imported(tree) if other in names} - {name} for name, tree in names.items()}
    )
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(f"imports run in a circle: {' -> '.join(error.args[1])}", pytrace=False)


def test_an_init_holds_a_docstring_only() -> None:
    for room in MAY_IMPORT:
        for path in (ROOT / room).rglob("__init__.py"):
            body = ast.parse(path.read_text(encoding="utf-8")).body
            assert len(body) == 1, path
            assert isinstance(body[0], ast.Expr), path
            assert ast.get_docstring(ast.Module(body=body, type_ignores=[])), path


def test_every_module_says_what_it_is() -> None:
    for room in MAY_IMPORT:
        for path, tree in modules(room):
            assert ast.get_docstring(tree), f"{path} has no docstring"


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    for room in MAY_IMPORT:
        for path, tree in modules(room):
            at_import = {
                name.partition(".")[0]
                for node in tree.body
                if isinstance(node, ast.Import | ast.ImportFrom)
                for name in imported(node)
            }
            heavy = at_import & HEAVY - ALLOWED_HEAVY.get(str(path.relative_to(ROOT)), set())
            assert not heavy, f"{path} imports {heavy} when it is imported"


def test_nothing_below_the_api_prints() -> None:
    for room in set(MAY_IMPORT) - {"api"}:
        for path, tree in modules(room):
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id != "print", f"{path}:{node.lineno} prints"


def test_no_init_below_tests() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))

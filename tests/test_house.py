"""The house stands as its plan says: rooms, doors, and what stands in front of each."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "graph": {"graph"},
    "retrieval": {"retrieval"},
    "ingest": {"ingest", "graph", "retrieval"},
    "qa": {"qa", "graph", "retrieval"},
    "api": {"api", "qa", "ingest", "graph", "retrieval"},
}
ADAPTERS = {
    "graph.sqlite_store",
    "graph.neo4j_store",
    "retrieval.onnx_encoder",
    "retrieval.sentence_transformer_encoder",
    "retrieval.faiss_index",
    "ingest.dictionary_tagger",
    "ingest.trained_tagger",
    "ingest.onnx_recognizer",
    "ingest.chinese_recognizer",
    "ingest.torch_recognizer",
    "ingest.transformers_recognizer",
    "ingest.linking.linker",
    "ingest.relations.onnx_relator",
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


def test_only_the_wiring_names_adapters() -> None:
    for room in MAY_IMPORT:
        for path, tree in modules(room):
            if path == ROOT / "api" / "wiring.py":
                continue
            foreign = {name for name in imported(tree) if name in ADAPTERS and not name.startswith(f"{room}.")}
            assert not foreign, f"{path} names {foreign}"


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
            assert not at_import & HEAVY, f"{path} imports {at_import & HEAVY} when it is imported"


def test_nothing_below_the_api_prints() -> None:
    for room in set(MAY_IMPORT) - {"api"}:
        for path, tree in modules(room):
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id != "print", f"{path}:{node.lineno} prints"


def test_no_init_below_tests() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))

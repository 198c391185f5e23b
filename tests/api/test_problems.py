from __future__ import annotations

import ast
import errno
import importlib
from pathlib import Path

import pytest

from api import problems
from graph.errors import UnknownEntity

ROOMS = ("graph", "retrieval", "ingest", "qa", "api")
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("room", ROOMS)
def test_every_error_of_a_room_is_in_the_table_or_has_children_that_are(room: str) -> None:
    module = importlib.import_module(f"{room}.errors")
    classes = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Exception)]
    leaves = [c for c in classes if not any(other is not c and issubclass(other, c) for other in classes)]
    assert leaves
    for leaf in leaves:
        assert leaf in problems.PROBLEMS, f"{leaf.__name__} has no row"


@pytest.mark.parametrize("room", ROOMS)
def test_the_tree_in_the_docstring_is_the_tree(room: str) -> None:
    tree = ast.parse((ROOT / room / "errors.py").read_text(encoding="utf-8"))
    drawn = ast.get_docstring(tree) or ""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            assert node.name in drawn


def test_every_exit_code_is_documented() -> None:
    assert {problem.exit for problem in problems.PROBLEMS.values()} <= set(problems.EXIT_CODES)
    assert set(problems.EXIT_CODES) == {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130}


def test_types_tell_problems_apart() -> None:
    by_type: dict[str, str] = {}
    for problem in problems.PROBLEMS.values():
        assert by_type.setdefault(problem.type, problem.title) == problem.title
        assert 400 <= problem.status < 600


def test_what_derives_from_an_error_is_that_error() -> None:
    class Deeper(UnknownEntity):
        pass

    assert problems.of(Deeper("X:1")) is problems.PROBLEMS[UnknownEntity]
    assert problems.of(ValueError("no")) is None
    assert problems.of(OSError(errno.EINVAL, "of ours")) is None
    for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        full = problems.of(OSError(code, "no space left"))
        assert full is not None
        assert (full.status, full.exit) == (507, 6)
    for code in (errno.EACCES, errno.EROFS, errno.ENOTDIR):
        refused = problems.of(OSError(code, "not there"))
        assert refused is not None
        assert (refused.status, refused.exit) == (503, 5)


def test_a_traceback_for_the_log_holds_no_message() -> None:
    try:
        raise ValueError("what a patient said")
    except ValueError as error:
        told = problems.traced(error)
    assert told.startswith("ValueError\n")
    assert "test_problems" in told
    assert "what a patient said" not in told.replace('raise ValueError("what a patient said")', "")

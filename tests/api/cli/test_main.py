from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main

BAD = "metformin \udcff\udced"
"""What Python makes of arguments that are no UTF-8 text."""


@pytest.mark.parametrize(
    "args",
    [
        ["delete", BAD],
        ["search", BAD],
        ["search", "metformin", "--source", BAD],
        ["entity", BAD],
        ["neighbours", "MESH:D008687", "--predicate", BAD],
        ["paths", "MESH:D008687", BAD],
        ["why", BAD],
        ["unload", BAD],
        ["keys", "revoke", BAD],
    ],
)
def test_arguments_that_are_no_text_are_told_and_never_a_traceback(
    args: list[str], home: Path, medgraph: Callable[..., Any]
) -> None:
    done = medgraph(*args, home=home)
    assert done.code in (0, 2, 3, 8)
    assert "Traceback" not in done.err


def test_an_error_of_ours_is_no_bad_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**options: object) -> None:
        "\ud83d".encode()

    monkeypatch.setattr("api.cli.main.cli.main", fails)
    with pytest.raises(UnicodeEncodeError):
        main(["stats"])
    assert main(["stats", BAD]) == 2

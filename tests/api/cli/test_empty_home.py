"""A home in which nothing is: mistyped, or new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_check_is_not_content_with_an_empty_home(medgraph: Callable[..., Any], home: Path) -> None:
    done = medgraph("check", "--json", home=home / "mistyped")
    assert done.code == 5
    assert {check["part"] for check in done.json["checks"] if check["state"] == "missing"} == {"content"}


def test_a_home_without_anything_says_so(medgraph: Callable[..., Any]) -> None:
    for question in ("What treats gout?", "痛风怎么治疗？"):
        done = medgraph("ask", "--json", question)
        assert (done.json["abstained"], done.json["reason"]) == (True, "nothing_loaded")
        assert "MEDGRAPH_HOME" in done.err

"""A server opens its parts in the background: it answers probes at once, and the first question finds them open."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from api.settings import Settings
from api.warming import warmed
from api.wiring import Parts
from graph.view import GraphView
from qa.differential.model import Case

Command = Callable[..., Any]
PUBLIC = frozenset({"public"})


def test_every_part_that_a_question_needs_is_opened(home: Path) -> None:
    with Parts(Settings(home=home)) as parts:
        steps = warmed(parts)
        assert list(steps) == ["graph", "passages", "encoder", "index", "answers", "names", "reader", "differential"]
        for step in steps.values():
            step()
        assert len(parts.searcher()) == parts.passages().counts()[2]
    with Parts(Settings(home=home, tagger="dictionary")) as parts:
        assert "reader" not in warmed(parts)


def test_the_differential_is_opened_where_it_is_kept_and_never_read_for_it(home: Path) -> None:
    folder = home / "differential"
    shutil.rmtree(folder, ignore_errors=True)
    settings = Settings(home=home, api_keys={"doctor-key-0123456789": ["public", "patient:42"]})  # type: ignore[dict-item]  # as the environment gives them
    with Parts(settings) as parts:
        warmed(parts)["differential"]()
        assert not folder.exists()
        view = GraphView(parts.graph(), PUBLIC | {"licence:restricted"})
        assert not parts.differential().open(view)
        parts.differential().rank(view, Case())
        assert list(folder.iterdir())
    with Parts(settings) as parts:
        view = GraphView(parts.graph(), PUBLIC | {"licence:restricted"})
        assert warmed(parts)["differential"]() == [True]
        kept = parts.differential().matrix(view)
        assert parts.differential().matrix(view) is kept


def test_probes_are_answered_while_parts_are_opened(start: Command, home: Path, wait_for: Command) -> None:
    server = start(home)
    assert server.client.get("/healthz").status_code == 200
    seen: list[dict[str, Any]] = []

    def through() -> bool:
        reply = server.client.get("/readyz")
        seen.append(reply.json())
        opening = "opening" in seen[-1]["parts"].values()
        assert reply.status_code == (503 if opening else 200)
        assert seen[-1]["ready"] is not opening
        return not opening

    wait_for(through)
    # The trained reader takes longest by far: some probe came before it.
    assert seen[0]["parts"]["reader"] == "opening"
    assert "reader" not in seen[-1]["parts"]
    assert server.stop() == 0


def test_a_question_that_comes_first_waits_for_what_it_needs(start: Command, home: Path) -> None:
    server = start(home)
    hits = server.client.get("/v1/search", params={"q": "lactic acidosis"}).json()["hits"]
    assert hits[0]["document"] == "PMID:102"
    assert server.stop(signal.SIGINT) == 0


def test_what_cannot_be_opened_is_logged_and_told_when_it_is_asked_for(
    start: Command, home: Path, wait_for: Command, tmp_path: Path
) -> None:
    server = start(home, MEDGRAPH_MODELS=str(tmp_path))
    wait_for(lambda: "opening" not in server.client.get("/readyz").json()["parts"].values())
    ready = server.client.get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["encoder"]) == (503, "unreachable")
    assert ready.json()["parts"]["graph"] == "ok"
    assert "not everything is available yet: encoder: no " in server.log.read_text()
    reply = server.client.get("/v1/search", params={"q": "fever"})
    assert reply.status_code == 503
    assert reply.headers["content-type"] == "application/problem+json"
    assert server.stop() == 0

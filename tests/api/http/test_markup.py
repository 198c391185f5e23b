"""What documents and names hold of markup, wherever it is shown: chat clients, the page, the terminal."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from markdown_it import MarkdownIt

from api import problems
from api.cli import main as cli

EVIL = (
    '![x](https://evil.example/?q=1) <img src="https://evil.example/i" onerror="alert(1)"> [here](javascript:alert(1))'
)
ANSI = "\x1b]8;;https://evil.example\x07\x1b[2J\x9b31m\u202e"
NAMES = f"""\
# source: names-of-evil
# title: {EVIL}
# url: javascript:alert(1)
id\ttype\tname\tzh\tsynonyms
X:drug\tDrug\tEvilamab <b onclick=alert(1)>\t恶单抗\tevilamab
X:rash\tPhenotype\tRed rash [r](https://evil.example)\t红疹\tred rash
"""
RECORDS = [
    {"id": "evil:1", "title": f"Evilamab {EVIL} {ANSI}", "url": "javascript:alert(1)", "year": 2020, "abstract":
     f"Evilamab causes red rash {EVIL} {ANSI} in adults. It was well tolerated."},
    {"id": "evil:2", "title": f"恶单抗 {EVIL}", "url": "data:text/html,<script>alert(1)</script>", "language": "zh",
     "abstract": f"恶单抗可引起红疹 {EVIL}。"},
]  # fmt: skip
QUESTIONS = ("What are the adverse effects of evilamab?", "恶单抗有哪些不良反应？", "Does evilamab cause red rash?")
RENDERER = MarkdownIt("gfm-like", {"linkify": False, "html": True})


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory, serving: Callable[..., Any]) -> tuple[Path, httpx.Client]:
    """A home into which somebody wrote markup wherever text can be, and a client of its server."""
    folder = tmp_path_factory.mktemp("evil")
    home = folder / "home"
    (folder / "names.tsv").write_text(NAMES, encoding="utf-8")
    (folder / "evil.jsonl").write_text("".join(json.dumps(r) + "\n" for r in RECORDS), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDGRAPH_HOME", str(home))
        patch.setenv("MEDGRAPH_TAGGER", "dictionary")
        assert cli.main(["load", str(folder / "names.tsv")]) == 0
        assert cli.main(["ingest", str(folder / "evil.jsonl")]) == problems.SOME_FAILED  # both links are told
    # As a home of an older version holds them.
    for store, table in (("passages", "documents"), ("graph", "source")):
        with contextlib.closing(sqlite3.connect(home / f"{store}.sqlite")) as db, db:
            assert db.execute(f"UPDATE {table} SET url = 'javascript:alert(1)'").rowcount >= 2  # noqa: S608  # ours
    client: httpx.Client = serving(home, MEDGRAPH_TAGGER="dictionary").client
    return home, client


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_chat_client_makes_nothing_of_it(question: str, evil: tuple[Path, httpx.Client]) -> None:
    _, client = evil
    asked = {"messages": [{"role": "user", "content": question}]}
    whole = client.post("/v1/chat/completions", json=asked).json()
    text = whole["choices"][0]["message"]["content"]
    assert "evil.example" in text
    streamed = "".join(_deltas(client.post("/v1/chat/completions", json={**asked, "stream": True}).text))
    assert streamed == text
    tags = set(re.findall(r"<(/?\w+)", RENDERER.render(text)))
    assert tags <= {"p", "/p", "blockquote", "/blockquote", "br"}
    assert all(piece["url"] == "" for piece in whole["medgraph"]["evidence"] if piece["source"].startswith("evil"))


def test_no_answer_holds_a_link_that_runs_something(evil: tuple[Path, httpx.Client]) -> None:
    _, client = evil
    for path in (
        "/v1/search?q=evilamab rash", "/v1/search/sentences?q=evilamab rash", "/v1/documents", "/v1/documents/evil:1",
        "/v1/sources", "/v1/why?subject=X:drug&object=X:rash", "/v1/entities/X:drug", "/v1/assertions?subject=X:drug",
    ):  # fmt: skip
        reply = client.get(path)
        assert reply.status_code == 200
        assert [link for link in _links(reply.json()) if not link.startswith("http")] == []


@pytest.mark.browser
def test_the_page_shows_it_as_text(chromium: str, evil: tuple[Path, httpx.Client]) -> None:
    from playwright.sync_api import sync_playwright

    _, client = evil
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(120_000)
        seen: list[str] = []
        page.on("request", lambda request: seen.append(request.url))
        page.on("dialog", lambda dialog: seen.append(f"dialog {dialog.message}"))
        for question in QUESTIONS:
            page.goto(str(client.base_url))
            page.fill("#question", question)
            page.click("button")
            page.wait_for_selector("#answer blockquote")
            assert "evil.example" in page.inner_text("#answer")
            found = page.eval_on_selector_all("#answer *", "all => all.map(e => [e.tagName, e.getAttribute('href')])")
            assert {tag for tag, _ in found} <= {"P", "A", "H2", "DIV", "BLOCKQUOTE"}
            assert all(href.startswith("#") or href.startswith("http") for _, href in found if href)
        browser.close()
    assert [address for address in seen if not address.startswith(str(client.base_url))] == []


COMMANDS: list[list[str]] = [
    ["ask", QUESTIONS[0]], ["ask", QUESTIONS[1], "--json"], ["search", "evilamab rash"], ["entity", "X:drug"],
    ["why", "X:drug", "X:rash"], ["why", "X:drug", "X:rash", "--json"], ["neighbours", "X:drug"],
    ["paths", "X:drug", "X:rash"], ["stats", "--by", "source"], ["drug", "X:drug"],
]  # fmt: skip


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_terminal_obeys_nothing(
    args: list[str],
    evil: tuple[Path, httpx.Client],
    medgraph: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home, _ = evil
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    done = medgraph(*args, home=home)
    assert done.code == 0
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.out + done.err)
    if args[-1] == "--json":
        assert "\\u009b" in done.out
        assert done.json


def _deltas(stream: str) -> Iterator[str]:
    for line in stream.splitlines():
        if line.startswith("data: {"):
            yield json.loads(line.removeprefix("data: "))["choices"][0]["delta"].get("content", "")


def _links(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _links(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _links(inner, key)
    elif "url" in key and value and not str(value).startswith("/v1/"):
        yield str(value)

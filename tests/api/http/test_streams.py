"""An answer that is streamed: it ends with what became of it, and stops when nobody reads it any more."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.responses import StreamingResponse

from api.errors import HomeFull
from api.http.app import create_app
from api.http.streams import Streamed, encoded
from api.schemas.answers import AnswerOut
from api.settings import Settings
from tests.api.http.test_http import QUESTION, Served, events

ASKED = {"question": QUESTION, "stream": True}
CHAT = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}


@pytest.mark.parametrize(
    ("fault", "slug"), [(RuntimeError("Jane Roe"), "internal"), (HomeFull("/a/path"), "storage-full")]
)
def test_a_stream_that_cannot_be_ended_says_so(
    fault: Exception, slug: str, filled: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def of(answer: object) -> Any:
        raise fault

    released = threading.Event()
    app = create_app(Settings(home=filled, tagger="dictionary"))

    def endless() -> StreamingResponse:
        def sentences() -> Generator[str, None, None]:
            try:
                while True:
                    yield "data: a sentence\n\n"
            finally:
                released.set()

        return Streamed(sentences(), lambda problem: problem.slug)

    app.add_api_route("/endless", endless)
    with Served(app) as url, httpx.Client(base_url=url, timeout=120) as client:
        monkeypatch.setattr(AnswerOut, "of", of)
        told = events(client.post("/v1/answers", json=ASKED))
        assert told[-1][0] == "error"
        assert told[-1][1]["type"] == f"urn:medgraph:problem:{slug}"
        *_, last = client.post("/v1/chat/completions", json=CHAT).text.strip().split("\n\n")
        assert json.loads(last.removeprefix("data: "))["error"]["type"] == f"urn:medgraph:problem:{slug}"
        with client.stream("GET", "/endless") as reply:
            next(reply.iter_lines())
        assert released.wait(60), "the work goes on for a client that is gone"
    assert "Roe" not in caplog.text


def test_what_cannot_be_sent_breaks_a_stream_off() -> None:
    half = (text for text in ("a sentence", "half \ud83d of a character", "never reached"))
    assert list(encoded(half, lambda problem: problem.slug)) == [b"a sentence", b"internal"]

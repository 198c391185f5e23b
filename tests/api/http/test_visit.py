"""What a request is called, and what it says it is for."""

from __future__ import annotations

import re

import httpx
import pytest

from api.http.visit import purpose, request_id


def test_a_request_keeps_the_name_that_its_client_gave(client: httpx.Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "ward-7.1"}).headers["X-Request-ID"] == "ward-7.1"
    assert re.fullmatch("[0-9a-f]{16}", client.get("/v1/search", params={"q": "cough"}).headers["X-Request-ID"])


@pytest.mark.parametrize("sent", ["", "two words", "a\nb", "x" * 65, "病人"])
def test_what_is_no_plain_word_is_not_repeated(sent: str) -> None:
    assert request_id(sent) != sent
    assert purpose(sent) == ""

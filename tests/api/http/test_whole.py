"""Half a character is no text, wherever it stands in a request."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from api.http.whole import is_whole

HALF = b"\\ud83d"
JSON = {"content-type": "application/json"}


def halves(reply: httpx.Response) -> bool:
    body = reply.json()
    return reply.status_code == 422 and "half of a character" in body["errors"][0]["what"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/answers", b'{"question": "What is metformin? HALF"}'),
        ("/v1/answers", b'{"question": "What is metformin? HALF", "stream": true}'),
        ("/v1/answers", b'{"question": "And this?", "conversation": ["What is HALF metformin?"]}'),
        ("/v1/answers", b'{"question": "Which?", "choices": ["A HALF", "B"]}'),
        ("/v1/answers", b'{"question": "Which?", "HALF": 1}'),
        ("/v1/chat/completions", b'{"messages": [{"role": "user", "content": "HALF"}]}'),
        ("/v1/chat/completions", b'{"stream": true, "messages": [{"role": "user", "content": "HALF"}]}'),
        ("/v1/differential", b'{"findings": ["HALF fever"]}'),
        ("/v1/differential", b'{"text": "A man has fever HALF"}'),
        ("/v1/drugs/check", b'{"drugs": ["HALF", "aspirin"]}'),
        ("/v1/drugs/check", b'{"drugs": ["warfarin"], "record": {"resourceType": "Patient", "id": "HALF"}}'),
    ],
)
@pytest.mark.parametrize("half", [HALF, HALF.upper().replace(b"\\U", b"\\u"), b"\\udc00\\ud83d", b"\xed\xa0\xbd"])
def test_half_a_character_in_a_body_is_invalid(path: str, body: bytes, half: bytes, client: httpx.Client) -> None:
    reply = client.post(path, content=body.replace(b"HALF", half), headers=JSON)
    assert halves(reply), reply.text
    assert "metformin" not in reply.text


def test_other_encodings_of_json_hide_no_half(client: httpx.Client) -> None:
    text = json.dumps({"question": "What is metformin? \ud83d"}, ensure_ascii=False)
    for encoding in ("utf-16", "utf-16-le", "utf-32-be"):
        reply = client.post("/v1/answers", content=text.encode(encoding, "surrogatepass"), headers=JSON)
        assert halves(reply), reply.text


def test_both_halves_are_a_character(client: httpx.Client) -> None:
    asked = b'{"question": "What are the adverse effects of metformin? \\ud83d\\udc8a \xf0\x9f\x92\x8a \xec\x95\xbd"}'
    assert client.post("/v1/answers", content=asked, headers=JSON).status_code == 200


@pytest.mark.parametrize(
    ("part", "charset"),
    [
        (b'name="access"\r\n\r\n+2D0-', "utf-7"),
        (b'name="format"\r\n\r\n\\ud83d', "unicode_escape"),
    ],
)
def test_half_a_character_in_a_form_is_invalid(part: bytes, charset: str, client: httpx.Client) -> None:
    file = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nx\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    content = file + b"--x\r\nContent-Disposition: form-data; " + part + b"\r\n--x--\r\n"
    assert halves(client.post("/v1/documents", content=content, headers={"content-type": kind}))


@pytest.mark.parametrize(
    "path", ["/v1/search?q=%ED%A0%BD", "/v1/entities/%ED%A0%BD", "/v1/documents/%ff", "/v1/%ED%A0%BD"]
)
def test_queries_and_paths_hold_none(path: str, client: httpx.Client) -> None:
    assert client.get(path).status_code in (200, 404)


@pytest.mark.parametrize(("text", "sound"), [("", True), ("药💊", True), ("\ud83d", False), ("a\udcff", False)])
def test_what_is_whole(text: Any, sound: bool) -> None:
    assert is_whole(text) == sound

"""Point 14: nothing of what is hidden shows."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

from attacks import corpus
from attacks.client import Client, Reply
from attacks.registry import Seen, attack
from attacks.stage import Stage, counts, marker, steady, told, tried

HIDDEN_WORDS = ("vincamord", "quellmann", "ward note", "ward series", "维卡莫德", "hid0", "77000001", "ward:7")
Calls = Callable[[Client], list[Reply]]


def _bodies(replies: list[Reply]) -> list[Any]:
    """What a caller is told, without what only the moment and the machine say."""
    told_of = []
    for reply in replies:
        value = steady(reply.json) or reply.text
        if isinstance(value, dict):
            value = {name: inner for name, inner in value.items() if name not in {"id", "cursor"} or reply.status > 299}
        told_of.append([reply.status, value])
    return told_of


def _same(stage: Stage, calls: Calls, by: str = "reader") -> Seen:
    """A caller without the label is told the same, whether the hidden half is there or not."""
    whole, bare = (calls(house.client(by)) for house in (stage.house("full"), stage.bare))
    text = " ".join(reply.text for reply in whole).lower()
    asked = [word for word in HIDDEN_WORDS if word in text and word not in " ".join(r.text for r in bare).lower()]
    differ = [n for n, (one, other) in enumerate(zip(_bodies(whole), _bodies(bare), strict=True)) if one != other]
    what = f"calls that differ: {differ}, words: {asked}"
    if differ:
        one, other = (json.dumps(_bodies(part)[differ[0]], ensure_ascii=False) for part in (whole, bare))
        at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
        what += f" at {one[max(0, at - 40) : at + 60]!r}"
    return Seen(not differ and not asked, what)


@attack("14-search", 14, "fresh")
def search(stage: Stage) -> Seen:
    queries = ("gout", "Vincamord", "Quellmann disease", "维卡莫德 佐比亚热", "asthma ward", "vincamrod")
    modes = ("lexical", "dense", "hybrid")
    return _same(
        stage, lambda c: [c.get("/v1/search", [("q", q), ("mode", m), ("k", "50")]) for q in queries for m in modes]
    )


@attack("14-search-pages", 14, "fresh")
def search_pages(stage: Stage) -> Seen:
    def calls(client: Client) -> list[Reply]:
        replies, cursor = [], ""
        for _ in range(6):
            query = [("q", "gout asthma"), ("k", "5"), ("mode", "lexical")] + ([("cursor", cursor)] if cursor else [])
            replies.append(client.get("/v1/search", query))
            cursor = str(replies[-1].json.get("cursor") or "")
            if not cursor:
                break
        return replies

    return _same(stage, calls)


@attack("14-cursors-tell-nothing", 14, "fresh")
def cursors(stage: Stage) -> Seen:
    """A cursor is no window: neither in what it holds, nor when it is changed."""
    client = stage.house("full").client("reader")
    doors = (
        "/v1/documents?limit=2",
        "/v1/search?q=gout&k=2",
        "/v1/sources?limit=2",
        "/v1/assertions?limit=1&object=gout",
    )
    found = []
    for door in doors:
        cursor = str(client.get(door).json.get("cursor") or "")
        if not cursor:
            continue
        raw = cursor.encode() + base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        held = [word for word in HIDDEN_WORDS if word.encode() in raw.lower()]
        for evil in ("0", "-1", cursor[:-2], cursor + "A", "' OR 1=1 --", base64.urlsafe_b64encode(b"[9999]").decode()):
            got = client.ask("GET", f"{door}&cursor={evil.replace(' ', '%20')}")
            held += [f"{got.status}"] if got.status >= 500 else []
            held += [word for word in HIDDEN_WORDS if word in got.text.lower()]
        found += held
    return Seen(not found, f"found {found}")


@attack("14-filters", 14, "fresh")
def filters(stage: Stage) -> Seen:
    filters = [("document", "local:hid0"), ("entity", "Quellmann disease"), ("year_from", "2031"), ("language", "zh")]
    filters += [("source", "pubmed"), ("entity", "MESH:C999001"), ("document", "local:nothing")]
    return _same(stage, lambda c: [c.get("/v1/search", [("q", "gout"), one]) for one in filters])


@attack("14-filter-by-a-label", 14, "fresh")
def filter_label(stage: Stage) -> Seen:
    def calls(client: Client) -> list[Reply]:
        labels = ("ward:7", "ward:8", "public")
        replies = [client.get("/v1/search", [("q", "gout"), ("only_access", one)]) for one in labels]
        replies += [client.get("/v1/documents", [("access", one)]) for one in labels]
        return replies + [client.get("/v1/search/sources", [("access", one)]) for one in labels]

    return _same(stage, calls)


@attack("14-what-to-filter-by", 14, "fresh")
def choices(stage: Stage) -> Seen:
    return _same(stage, lambda c: [c.get("/v1/search/sources"), c.get("/v1/sources", [("limit", "1000")])])


@attack("14-paths-and-why", 14, "fresh")
def paths(stage: Stage) -> Seen:
    pairs = [("MESH:D003078", "MESH:C999002"), ("MESH:D003078", "MESH:D006073"), ("gout", "asthma"), ("x", "Vincamord")]
    return _same(
        stage,
        lambda c: (
            [c.get("/v1/paths", [("from", a), ("to", b)]) for a, b in pairs]
            + [c.get("/v1/why", [("subject", a), ("object", b)]) for a, b in pairs]
        ),
    )


@attack("14-stats", 14, "fresh")
def stats(stage: Stage) -> Seen:
    return _same(stage, lambda c: [c.get("/v1/stats")])


@attack("14-answers", 14, "fresh")
def answers(stage: Stage) -> Seen:
    questions = (
        "What treats gout?",
        "Does aspirin treat zorbia fever?",
        "What is Quellmann disease?",
        "Is Vincamord a drug?",
    )
    return _same(stage, lambda c: [c.ask_question(one) for one in questions])


@attack("14-chat", 14, "fresh")
def chat(stage: Stage) -> Seen:
    def calls(client: Client) -> list[Reply]:
        bodies = [{"messages": [{"role": "user", "content": q}]} for q in ("What treats gout?", "What is Vincamord?")]
        replies = [client.post("/v1/chat/completions", body) for body in bodies]
        return [Reply(one.status, {}, json.dumps(one.json.get("medgraph")).encode()) for one in replies]

    return _same(stage, calls)


def _twice(stage: Stage, hidden: dict[str, Any], unknown: dict[str, Any]) -> Seen:
    client = stage.main.client("alice")
    one, other = (client.send([("w.jsonl", corpus.jsonl([it]))]) for it in (hidden, unknown))
    same = counts(one) == counts(other) and len(one.get("failed") or []) == len(other.get("failed") or [])
    same = same and tried(one)
    ward = stage.main.client("ward").get(f"/v1/documents/local:{hidden['id']}").json.get("text", "")
    kept = "Forged" not in ward and bool(ward)
    return Seen(same and kept, f"hidden: {told(one)}; unknown: {told(other)}; kept {kept}")


@attack("14-upload-of-a-hidden-text", 14)
def hidden_text(stage: Stage) -> Seen:
    """Sending exactly what is hidden does not say that it is there."""
    there = {name: corpus.HIDDEN[5][name] for name in ("id", "title", "text", "year")}
    return _twice(stage, there, there | {"id": "hid995"})


@attack("14-upload-retracts-hidden", 14)
def retract_hidden(stage: Stage) -> Seen:
    def notice(pmid: str, of_pmid: str) -> bytes:
        link = (
            "<CommentsCorrectionsList><CommentsCorrections RefType='RetractionOf'><RefSource>x</RefSource>"
            f"<PMID Version='1'>{of_pmid}</PMID></CommentsCorrections></CommentsCorrectionsList>"
        )
        return corpus.medline(pmid, "Retraction: x", "Retracted.", link)

    client, ward = stage.main.client("alice"), stage.main.client("ward")
    one, other = (
        client.send([("n.xml", notice(a, b))]) for a, b in (("88000701", "77000001"), ("88000702", "77999999"))
    )
    marked = ward.get("/v1/documents/PMID:77000001").json.get("retracted")
    return Seen(
        counts(one) == counts(other) and tried(one) and marked is False,
        f"{told(one)}; {told(other)}; retracted {marked}",
    )


@attack("14-deletion-of-a-hidden-id", 14)
def delete_hidden(stage: Stage) -> Seen:
    client = stage.main.client("alice")
    hidden, unknown = (client.delete(f"/v1/documents/{one}") for one in ("local:hid6", "local:hid996"))
    there = stage.main.client("ward").get("/v1/documents/local:hid6").status
    same = hidden.status == unknown.status and hidden.body == unknown.body
    return Seen(same and there == 200, f"{hidden.status} {unknown.status}, there {there}")


@attack("14-errors-name-nothing", 14, "fresh")
def errors(stage: Stage) -> Seen:
    client, word = stage.house("full").client("reader"), marker()
    replies = [client.get(f"/v1/documents/{word}"), client.get(f"/v1/entities/{word}"), client.get(f"/{word}")]
    replies += [
        client.post("/v1/answers", {"question": 1, "patient": word, "k": word}),
        client.get(f"/v1/search?k={word}"),
    ]
    replies += [
        client.post("/v1/drugs/check", f'{{"drugs": "{word}'.encode()),
        client.get(f"/v1/why?subject={word}&object=x"),
    ]
    echoed = [
        reply.status for reply in replies if word in reply.text and "problem" in reply.headers.get("content-type", "")
    ]
    traces = [reply.status for reply in replies if re.search(r"Traceback|\.py\b|sqlite|/tmp", reply.text)]
    return Seen(not echoed and not traces, f"echoed by {echoed}, traces {traces}")

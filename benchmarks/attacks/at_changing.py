"""Point 6: who may change and withdraw what, links, markup and keys."""

from __future__ import annotations

import json
import re
from typing import Any

from attacks import corpus, fhir
from attacks.client import Client, of
from attacks.house import KEYS
from attacks.registry import NO_DOOR, Seen, attack
from attacks.stage import Stage, has_word, marker, steady, told, tried


def _untouched(stage: Stage, name: str, content: bytes, document: str, by: str = "alice") -> Seen:
    """A public document of the operator is as it was after somebody else has sent this."""
    reader = stage.main.client("reader")
    before = reader.get(f"/v1/documents/{of(document)}")
    if before.status != 200:
        return Seen(False, f"{document} was not there")
    job = stage.main.client(by).send([(name, content)])
    after = reader.get(f"/v1/documents/{of(document)}")
    same = after.status == 200 and steady(after.json) == steady(before.json)
    return Seen(same and tried(job), f"{told(job)}; it is {'as it was' if same else f'changed ({after.status})'}")


@attack("6-reader-deletes", 6)
def reader_deletes(stage: Stage) -> Seen:
    got = stage.main.client("reader").delete("/v1/documents/local:pub7").status
    there = stage.main.client("alice").get("/v1/documents/local:pub7").status
    return Seen(got in {401, 403} and there == 200, f"{got}, the document {there}")


@attack("6-jsonl-withdraws", 6)
def jsonl_withdraws(stage: Stage) -> Seen:
    forged = dict(corpus.PUBLIC[10]) | {"retracted": True, "publication_types": ["Retracted Publication"]}
    return _untouched(stage, "a.jsonl", corpus.jsonl([forged]), "local:pub10")


@attack("6-jsonl-hides", 6)
def jsonl_hides(stage: Stage) -> Seen:
    forged = dict(corpus.PUBLIC[11]) | {"access": ["ward:7"]}
    return _untouched(stage, "a.jsonl", corpus.jsonl([forged]), "local:pub11", by="ward")


@attack("6-retraction-notice", 6)
def retraction_notice(stage: Stage) -> Seen:
    link = (
        "<CommentsCorrectionsList><CommentsCorrections RefType='RetractionOf'><RefSource>x</RefSource>"
        "<PMID Version='1'>88000003</PMID></CommentsCorrections></CommentsCorrectionsList>"
    )
    kinds = (
        "<PublicationTypeList><PublicationType UI='D016440'>Retraction Notice</PublicationType></PublicationTypeList>"
    )
    sent = corpus.medline("88000502", "Retraction: Colchicine in gout", "Retracted.", link, within=kinds)
    return _untouched(stage, "a.xml", sent, "PMID:88000003")


@attack("6-pubtator-replaces", 6)
def pubtator_replaces(stage: Stage) -> Seen:
    sent = b"77000002|t|Forged\n77000002|a|Colchicine is poison.\n"
    return _untouched(stage, "a.pubtator", sent, "PMID:77000002")


def _linked(stage: Stage, content: bytes, name: str, document: str, bad: str, by: str = "alice") -> Seen:
    """No door shows a link that runs something."""
    client = stage.main.client(by)
    before = set(_wrong(client, document, bad))
    job = client.send([(name, content)])
    wrong = [url for url in _wrong(client, document, bad) if url not in before]
    return Seen(tried(job) and not wrong, f"{told(job)}; wrong: {wrong[:2]}")


def _wrong(client: Client, document: str, bad: str) -> list[str]:
    """The links that any door shows and that are none of the web's."""
    shown = [
        client.get(f"/v1/documents/{of(document)}").text,
        client.get("/v1/documents", [("limit", "1000")]).text,
        client.get("/v1/search", [("q", "linkword"), ("mode", "lexical"), ("k", "100")]).text,
        client.ask_question("What does linkword treat?").text,
    ]
    urls = [url for text in shown for url in re.findall(r'"url":\s*"([^"]*)"', text)]
    return [url for url in urls if url and (bad in url or not re.match(r"https?://[^\s]+$", url))]


def _link(stage: Stage, url: str) -> Seen:
    word = marker()
    sent = corpus.jsonl([{"id": word, "text": "Linkword treats gout.", "url": url}])
    return _linked(stage, sent, "a.jsonl", f"local:{word}", url[-10:])


@attack("6-link-mixed-case", 6)
def link_mixed(stage: Stage) -> Seen:
    return _link(stage, " JaVaScRiPt:alert(127)//https://x.org")


@attack("6-link-vbscript", 6)
def link_vbscript(stage: Stage) -> Seen:
    return _link(stage, "vbscript:alert(130)")


@attack("6-link-file", 6)
def link_file(stage: Stage) -> Seen:
    return _link(stage, "file:///etc/passwd#alert(131)")


@attack("6-link-in-markdown", 6)
def link_markdown(stage: Stage) -> Seen:
    sent = b"---\ntitle: A link\nurl: javascript:alert(133)\n---\n\nLinkword treats gout.\n"
    return _linked(stage, sent, "a.md", "x", "alert(133)")


@attack("6-link-in-html", 6)
def link_html(stage: Stage) -> Seen:
    sent = (
        b'<!doctype html><html><head><link rel="canonical" href="javascript:alert(134)">'
        b'<base href="javascript:alert(134)">'
        b"<title>A link</title></head><body><p>Linkword treats gout.</p></body></html>"
    )
    return _linked(stage, sent, "a.html", "x", "alert(134)")


@attack("6-link-in-jats", 6)
def link_jats(stage: Stage) -> Seen:
    sent = (
        '<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>'
        '<article-id pub-id-type="pmc">7810001</article-id>'
        '<article-id pub-id-type="doi">javascript:alert(135)</article-id>'
        "<title-group><article-title>A link</article-title></title-group>"
        '<self-uri xlink:href="javascript:alert(135)"/><abstract><p>Linkword treats gout.</p></abstract>'
        "</article-meta></front></article>"
    )
    return _linked(stage, sent.encode(), "a.xml", "PMC:PMC7810001", "alert(135)")


@attack("6-link-of-an-attachment", 6)
def link_fhir(stage: Stage) -> Seen:
    note = fhir.note("linked", "Linkword treats gout.", url="javascript:alert(137)")
    sent = fhir.lines(fhir.person("linked"), note)
    return _linked(stage, sent, "a.ndjson", "x", "alert(137)")


@attack("6-page-runs-no-text", 6)
def page(stage: Stage) -> Seen:
    got = stage.main.client().get("/")
    policy = got.headers.get("content-security-policy", "")
    script = "default-src 'none'" in policy and "unsafe-inline" not in policy.split("style-src")[0]
    return Seen(
        script and not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(", got.text), policy[:120]
    )


@attack("6-expired-key", 6)
def expired_key(stage: Stage) -> Seen:
    if not stage.main.rich:
        return NO_DOOR
    got = stage.main.client("expired").get("/v1/stats").status
    return Seen(got == 401, str(got))


@attack("6-writer-sees-no-jobs-of-others", 6)
def jobs_of_others(stage: Stage) -> Seen:
    word = marker()
    up = stage.main.client("bob").upload([(f"{word}.jsonl", corpus.jsonl([{"id": word, "text": "Gout."}]))])
    client = stage.main.client("alice")
    one = client.get(f"/v1/jobs/{up.json.get('id')}").status
    listed = word in client.get("/v1/jobs").text
    return Seen(one == 404 and not listed, f"{one}, listed {listed}")


@attack("6-admin-within-its-labels", 6)
def admin_deletes(stage: Stage) -> Seen:
    """An admin of these labels may take away anybody's, and sees what jobs there are."""
    if not stage.main.rich:
        return NO_DOOR
    word = marker()
    bob = stage.main.client("bob")
    sent = bob.send([("b.jsonl", corpus.jsonl([{"id": word, "text": "Gout."}]))])
    id = str((sent.get("documents") or [f"local:{word}"])[0])
    oper = stage.main.client("oper")
    listed = oper.get("/v1/jobs").json.get("total", 0)
    got = oper.delete(f"/v1/documents/{id}").status
    return Seen(got == 204 and bob.get(f"/v1/documents/{id}").status == 404 and listed > 0, f"{got}, {listed} jobs")


def _key_words(stage: Stage) -> bool:
    return has_word(stage.pristine, "keys")


def _key_made(stage: Stage, house: Any, *more: str) -> str:
    """A key of `medgraph keys`, whatever its words are."""
    for verb in ("add", "create", "new", "make"):
        for words in ([verb, "mallory"], [verb, "--name", "mallory"]):
            for labels in (["--label", "public"], ["--access", "public"], ["--labels", "public"], []):
                got = house.cli("keys", *words, *labels, *more)
                if got.returncode == 0 and (found := re.findall(r"[A-Za-z0-9_.-]{16,}", got.stdout)):
                    return str(max(found, key=len))
    return ""


@attack("6-keys-stored-hashed", 6, "fresh")
def keys_hashed(stage: Stage) -> Seen:
    if not _key_words(stage):
        return NO_DOOR
    with stage.fresh("keys1") as house:
        key = _key_made(stage, house)
        listed = house.cli("keys", "list").stdout
        kept = house.holding(key.encode()) if key else ["no key was made"]
        tail = key.split("_")[-1][-16:]
        return Seen(
            bool(key) and not kept and tail not in listed and "mallory" in listed, f"in {kept}; {listed[:120]!r}"
        )


@attack("6-keys-revoked", 6, "fresh")
def keys_revoked(stage: Stage) -> Seen:
    if not _key_words(stage):
        return NO_DOOR
    with stage.fresh("keys2") as house:
        key = _key_made(stage, house)
        house.start()
        house.ready()
        first = Client(house.url, key).get("/v1/stats").status
        for verb in ("revoke", "delete", "remove"):
            if house.cli("keys", verb, "mallory").returncode == 0:
                break
        second = Client(house.url, key).get("/v1/stats").status
        return Seen((first, second) == (200, 401), f"{first}, after it was revoked {second}")


@attack("6-keys-expire", 6, "fresh")
def keys_expire(stage: Stage) -> Seen:
    if not _key_words(stage):
        return NO_DOOR
    with stage.fresh("keys3") as house:
        key = _key_made(stage, house, "--expires", "2020-01-01")
        if not key:
            return Seen(True, "an end in the past is refused")
        house.start()
        house.ready()
        got = Client(house.url, key).get("/v1/stats").status
        return Seen(got == 401, str(got))


@attack("6-scope-that-is-not-known", 6, "fresh")
def scope_unknown(stage: Stage) -> Seen:
    if not stage.main.rich:
        return NO_DOOR
    key = {KEYS["alice"]: {"name": "alice", "labels": ["public"], "scopes": ["read", "everything"]}}
    with stage.fresh("scopes", MEDGRAPH_API_KEYS=json.dumps(key)) as house:
        house.keys = ("", "")
        started = house.start(20)
        code = house.process.returncode if house.process else None
        return Seen(not started and code == 2, f"started {started}, exit {code}")

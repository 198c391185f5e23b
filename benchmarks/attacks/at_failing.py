"""Point 8: starts, stores, texts and streams that fail."""

from __future__ import annotations

import os

from attacks import corpus, fhir
from attacks.house import House
from attacks.registry import NO_DOOR, Seen, attack
from attacks.stage import Stage, has_word, marker

CODES = {2, 3, 5, 6, 7}  # that the help promises for settings, inputs, stores


def _ends(house: House, *words: str, codes: set[int] = CODES) -> tuple[bool, str]:
    try:
        got = house.cli(*words, timeout=60)
    except Exception as error:  # noqa: BLE001
        return False, f"{words[0]}: {type(error).__name__}"
    trace = "Traceback" in got.stderr + got.stdout
    return got.returncode in codes and not trace, f"{words[0]} {got.returncode}{' traceback' if trace else ''}"


def _each(house: House, *commands: tuple[str, ...], codes: set[int] = CODES) -> Seen:
    ends = [_ends(house, *words, codes=codes) for words in commands]
    return Seen(all(held for held, _ in ends), "; ".join(what for _, what in ends))


@attack("8-address-not-ours", 8, "fresh")
def address_not_ours(stage: Stage) -> Seen:
    with stage.fresh("address", MEDGRAPH_HOST="203.0.113.9") as house:
        return _each(house, ("serve",), codes={2, 5})


@attack("8-home-is-a-file", 8, "fresh")
def home_is_a_file(stage: Stage) -> Seen:
    with stage.fresh("file", copy=False) as house:
        house.home.write_text("x")
        seen = _each(
            house, ("serve",), ("stats",), ("ask", "What treats gout?"), ("ingest", str(stage.corpus / "open"))
        )
        house.home.unlink()
        return seen


def _unprivileged(house: House) -> None:
    """The commands run as somebody to whom the home is not writable."""
    if os.getuid() == 0:
        house.wrap = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs")
        house.wrap += ("--reuid=0", "--regid=0", "--clear-groups")


@attack("8-home-not-writable", 8, "fresh")
def home_not_writable(stage: Stage) -> Seen:
    with stage.fresh("readonly") as house:
        for path in [*house.home.rglob("*"), house.home]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        _unprivileged(house)
        seen = _each(
            house,
            ("serve",),
            ("ingest", str(stage.corpus / "open/public.jsonl")),
            ("delete", "local:pub1"),
            codes={5, 6},
        )
        house.wrap = ()
        for path in [house.home, *house.home.rglob("*")]:
            path.chmod(0o755)
        return seen


def _damaged(stage: Stage, name: str, content: bytes, *commands: tuple[str, ...], codes: set[int]) -> Seen:
    with stage.fresh(f"bad-{name.split('.')[0]}") as house:
        for path in house.home.glob(f"{name}-*"):
            path.unlink()
        (house.home / name).write_bytes(content)
        return _each(house, *commands, codes=codes)


RECORDS = "records/b00.json"


@attack("8-salt-of-rubbish", 8, "fresh")
def salt_rubbish(stage: Stage) -> Seen:
    commands = ("ingest", str(stage.corpus / RECORDS))
    return _damaged(stage, "salt", b"\xff\xfe\x00 rubbish", commands, codes={5, 7})


@attack("8-ledger-damaged", 8, "fresh")
def ledger_damaged(stage: Stage) -> Seen:
    commands = ("ingest", str(stage.corpus / "open/public.jsonl")), ("delete", "local:pub1"), ("check",)
    return _damaged(stage, "ledger.sqlite", b"rubbish " * 4000, *commands, codes={5, 7})


@attack("8-keys-damaged", 8, "fresh")
def keys_damaged(stage: Stage) -> Seen:
    if not has_word(stage.pristine, "keys"):
        return NO_DOOR
    return _damaged(stage, "keys.sqlite", b"rubbish " * 4000, ("serve",), ("keys", "list"), codes={7})


SURROGATES = ('"\\ud800"', '"What treats gout\\udc00?"', '"痛风\\ud83d怎么治？"')


def _no_fault(replies: list[tuple[str, int]]) -> Seen:
    return Seen(all(0 < code < 500 for _, code in replies), "; ".join(f"{name} {code}" for name, code in replies))


@attack("8-surrogate-in-chat", 8)
def surrogate_chat(stage: Stage) -> Seen:
    client = stage.main.client("reader")
    sent = [('{"messages": [{"role": "user", "content": %s}]}' % one).encode() for one in SURROGATES]  # noqa: UP031
    stream = [one[:-1] + b', "stream": true}' for one in sent]
    return _no_fault([("chat", client.post("/v1/chat/completions", one).status) for one in sent + stream])


@attack("8-surrogate-in-cases", 8)
def surrogate_case(stage: Stage) -> Seen:
    client = stage.main.client("reader")
    bodies = [f'{{"text": {one}}}' for one in SURROGATES] + [f'{{"findings": ["fever", {one}]}}' for one in SURROGATES]
    return _no_fault([("case", client.post("/v1/differential", one.encode()).status) for one in bodies])


@attack("8-surrogate-in-conversation", 8)
def surrogate_conversation(stage: Stage) -> Seen:
    client = stage.main.client("reader")
    body = '{"question": "And of asthma?", "conversation": ["\\ud800"], "choices": ["A \\udc00", "B"]}'
    more = '{"question": "gout", "language": "\\ud800", "access": ["\\ud800"], "patient": "\\ud800", "\\ud800": 1}'
    return _no_fault([("turns", client.post("/v1/answers", one.encode()).status) for one in (body, more)])


@attack("8-surrogate-in-addresses", 8)
def surrogate_path(stage: Stage) -> Seen:
    client = stage.main.client("reader")
    odd = ("%ED%A0%80", "%ED%B0%80", "%FF", "%00", "%C0%AF", "a%0Ab")
    doors = ("/v1/entities/", "/v1/documents/", "/v1/jobs/", "/v1/drugs/", "/v1/search?q=", "/v1/entities?name=")
    return _no_fault([(door, client.get(door + one).status) for door in doors for one in odd])


@attack("8-surrogate-in-file-names", 8)
def surrogate_file(stage: Stage) -> Seen:
    client = stage.main.client("alice")
    sent = corpus.jsonl([{"id": "sur", "text": "Gout."}])
    names = ("\udced\udca0\udc80.jsonl", "a\x00.jsonl", "../../x.jsonl", "/etc/passwd", "a" * 5000, "", "..", "CON")
    replies = [(repr(name[:8]), client.upload([(name, sent)])) for name in names]
    jobs = [client.job(reply).get("state") for _, reply in replies if reply.status == 202]
    seen = _no_fault([(name, reply.status) for name, reply in replies])
    return Seen(seen.held and set(jobs) <= {"done"}, f"{seen.what}; {jobs}")


@attack("8-surrogate-in-uploads", 8)
def surrogate_upload(stage: Stage) -> Seen:
    client = stage.main.client("alice")
    word = marker()
    lines = b'{"id": "\\ud800", "text": "x"}\n{"id": "s2", "title": "\\udfff", "text": "x", "url": "\\ud800"}\n'
    lines += f'{{"id": "{word}", "text": "Gout."}}\n'.encode()
    bad = fhir.bundle(fhir.person("s1"), fhir.condition("s1", "x")).replace(b'"x"', b'"\\ud800"')
    jobs = [client.send([("a.jsonl", lines)]), client.send([("a.json", bad)])]
    rest = client.get(f"/v1/documents/local:{word}").status
    return Seen(
        all(job.get("state") == "done" for job in jobs) and rest == 200, f"{[j.get('state') for j in jobs]} {rest}"
    )


@attack("8-disk-full-at-a-deletion", 8, "fresh")
def full_delete(stage: Stage) -> Seen:
    with stage.fresh("full1") as house:
        house.start()
        house.ready()
        house.narrow(4096)
        got = house.client("oper").delete("/v1/documents/local:pub2").status
        asks = house.client("reader").ask_question("What treats gout?").status
        house.narrow()
        there = house.client("oper").get("/v1/documents/local:pub2").status
        again = house.client("oper").delete("/v1/documents/local:pub2").status
        held = got == 507 and asks in {200, 507} and there == 200 and again == 204
        return Seen(held, f"{got}, questions {asks}; with space {there}, {again}")


@attack("8-disk-full-at-the-command-line", 8, "fresh")
def full_cli(stage: Stage) -> Seen:
    house = stage.pristine.copied("full3")
    house.wrap = ("prlimit", "--fsize=65536")
    path = stage.folder / "much.jsonl"
    path.write_bytes(corpus.jsonl([{"id": f"f{n}", "text": "Gout was seen. " * 200} for n in range(60)]))
    first = _each(house, ("ingest", str(path)), codes={6})
    house.wrap = ("prlimit", "--fsize=16384")
    second = _each(house, ("delete", "local:pub2"), codes={6})
    return Seen(first.held and second.held, f"{first.what}; {second.what}")

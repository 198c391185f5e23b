"""What a caller can ask at the doors of the HTTP application, drawn at random."""

from __future__ import annotations

from random import Random
from typing import Any

from label_corpora import DISEASES, DRUGS, FINDINGS, HIDDEN, SHOWN, sentence

Request = tuple[str, str, dict[str, Any]]
"""Method, path, and what httpx is given with it."""
_IDS = ("MESH:D008687", "MESH:D001241", "MESH:D006333", "MESH:D006073", "HP:0002018", "patient:aa", "patient:bb", "X:1")
_QUESTIONS = (
    "What are the adverse effects of {drug}?",
    "Does {drug} cause {finding}?",
    "Which drugs treat {disease}?",
    "How many drugs treat {disease}?",
    "Is {drug} contraindicated in {disease}?",
    "What are the symptoms of {disease}?",
    "Does {drug} interact with warfarin?",
    "Which gene is associated with {disease}?",
    "What is {disease}?",
    "Which drugs does the patient take?",
    "{药}有哪些不良反应？",
    "哪些药物治疗{病}？",
    "{药}会引起{症}吗？",
    "{病}有哪些症状？",
)


def requests(random: Random, count: int) -> list[Request]:
    """So many requests of different kinds."""
    return [random.choice(_DOORS)(random) for _ in range(count)]


def _drug(random: Random) -> str:
    english = random.choice(sorted(DRUGS))
    return random.choice([english, DRUGS[english]])


def _name(random: Random) -> str:
    words = {**DRUGS, **DISEASES, **FINDINGS}
    english = random.choice(sorted(words))
    return random.choice([english, words[english], english[:4], "patient", "病人", "nobody"])


def _question(random: Random) -> str:
    if random.random() < 0.1:
        return sentence(random, chinese=random.random() < 0.5)
    drug, disease = random.choice(sorted(DRUGS)), random.choice(sorted(DISEASES))
    finding = random.choice(sorted(FINDINGS))
    of = {"drug": drug, "disease": disease, "finding": finding}
    return random.choice(_QUESTIONS).format(**of, 药=DRUGS[drug], 病=DISEASES[disease], 症=FINDINGS[finding])


def _filters(random: Random) -> dict[str, Any]:
    options: dict[str, Any] = {
        "year_from": random.randint(1990, 2025),
        "language": random.choice(["en", "zh"]),
        "source": random.choice(["file", "letters", "pubmed"]),
        "document": random.choice(["S:0", "H:0", "H:1"]),
        "entity": random.choice(_IDS),
        "retracted": True,
        "only_access": random.choice(SHOWN + HIDDEN),
        "section": "text",
        "study_type": "review",
    }
    return {name: options[name] for name in random.sample(sorted(options), random.choice((0, 0, 1, 2)))}


def _asked(random: Random) -> dict[str, Any]:
    body: dict[str, Any] = {"question": _question(random)}
    if random.random() < 0.3:
        body["patient"] = random.choice(["patient:aa", "patient:bb", "patient:cc"])
    if random.random() < 0.2:
        body["licence"] = "open"
    if random.random() < 0.2:
        body["access"] = [random.choice(SHOWN + HIDDEN)]
    return body


def _answer(random: Random) -> Request:
    return "POST", "/v1/answers", {"json": _asked(random)}


def _stream(random: Random) -> Request:
    return "POST", "/v1/answers", {"json": {**_asked(random), "stream": True}}


def _chat(random: Random) -> Request:
    messages = [{"role": "user", "content": _question(random)}]
    return "POST", "/v1/chat/completions", {"json": {"messages": messages, "stream": random.random() < 0.5}}


def _search(random: Random) -> Request:
    path = random.choice(["/v1/search", "/v1/search", "/v1/search/sentences"])
    params = {"q": random.choice([_question(random), _name(random), "report", "报告"]), **_filters(random)}
    params["k"] = random.choice([1, 3, 50])
    params["mode"] = random.choice(["lexical", "dense", "hybrid", "rerank"])
    return "GET", path, {"params": params}


def _listing(random: Random) -> Request:
    path = random.choice(["/v1/search/sources", "/v1/stats", "/v1/documents", "/v1/sources", "/v1/jobs", "/v1/me"])
    params: dict[str, Any] = {"limit": random.choice([1, 2, 50])} if path in ("/v1/documents", "/v1/sources") else {}
    if path == "/v1/documents" and random.random() < 0.5:
        params["title"] = random.choice(["report", "letter", "报告", "metformin"])
    return "GET", path, {"params": params}


def _document(random: Random) -> Request:
    id = random.choice(["S:0", "S:1", "H:0", "H:1", "X:1", "names", "fhir:Patient/0"])
    return random.choice(["GET", "GET", "DELETE"]), f"/v1/documents/{id}", {}


def _entity(random: Random) -> Request:
    which = random.choice([*_IDS, _name(random)])
    path = random.choice([f"/v1/entities/{which}", f"/v1/entities/{which}/neighbours", "/v1/entities"])
    params: dict[str, Any] = {"name": _name(random)} if path == "/v1/entities" else {}
    return "GET", path, {"params": params}


def _between(random: Random) -> Request:
    one, other = (random.choice([*_IDS, _name(random)]) for _ in range(2))
    path = random.choice(["/v1/paths", "/v1/why", "/v1/relations", "/v1/assertions"])
    params = {"from": one, "to": other} if path == "/v1/paths" else {"subject": one, "object": other}
    if path in ("/v1/relations", "/v1/assertions") and random.random() < 0.7:
        params.pop(random.choice(["subject", "object"]))
    return "GET", path, {"params": params}


def _stated(random: Random) -> Request:
    return "GET", "/v1/assertions", {"params": {"source": random.choice(["S:0", "H:0", "H:1", "names", "X:1"])}}


def _drugs(random: Random) -> Request:
    kind = random.choice(["check", "page", "for", "repurpose"])
    if kind == "check":
        body: dict[str, Any] = {"drugs": [_drug(random), _drug(random), "warfarin"]}
        if random.random() < 0.4:
            body["patient"] = random.choice(["patient:aa", "patient:bb", "patient:cc"])
        return "POST", "/v1/drugs/check", {"json": body}
    if kind == "page":
        return "GET", "/v1/drugs", {"params": {"name": random.choice([_drug(random), "metformn", "patient:bb"])}}
    disease = random.choice([*sorted(DISEASES), *DISEASES.values(), "gowt"])
    return "GET", "/v1/drugs/for" if kind == "for" else "/v1/repurpose", {"params": {"disease": disease}}


def _differential(random: Random) -> Request:
    body: dict[str, Any] = {"findings": random.sample(sorted(FINDINGS), 2), "papers": random.random() < 0.5}
    if random.random() < 0.4:
        body["patient"] = random.choice(["patient:aa", "patient:bb", "patient:cc"])
    return "POST", "/v1/differential", {"json": body}


_DOORS = (
    _answer, _answer, _stream, _chat, _search, _search, _listing, _document, _entity, _entity, _between, _between,
    _stated, _drugs, _differential,
)  # fmt: skip

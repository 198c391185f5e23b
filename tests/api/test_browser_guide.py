"""Neo4j Browser as a person uses it: connect, the guide opens, every query of it shows something.

A real `medgraph serve`, a real Neo4j, and a real Chromium.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.model import Assertion, Contribution, Entity, Mention, Name, PassageNode, Source
from graph.neo4j.guide_queries import SLIDES
from graph.neo4j.store import Neo4jStore

QUERIES = [query for slide in SLIDES for query in slide.queries]
SECONDS = 240_000
"""How long to wait for the Browser, in milliseconds: on a busy machine it takes its time to connect."""
ROWS = re.compile(r"Displaying [1-9]\d* nodes|Started streaming [1-9]\d* record")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

ENTITIES = [
    Entity("OMIM:154700", "Disease", "Marfan syndrome", (Name("马凡综合征", "zh"),)),
    Entity("MESH:D007251", "Disease", "Influenza, human", (Name("流行性感冒", "zh"), Name("influenza"), Name("flu"))),
    Entity("MESH:D008881", "Disease", "Migraine", (Name("偏头痛", "zh"),)),
    Entity("HP:0001945", "Phenotype", "Fever", (Name("发热", "zh"), Name("发烧", "zh"), Name("pyrexia"))),
    Entity("HP:0001955", "Phenotype", "Unexplained fevers"),
    Entity("HP:0002315", "Phenotype", "Headache", (Name("头痛", "zh"),)),
    Entity("HP:0001519", "Phenotype", "Disproportionate tall stature"),
    Entity("HP:0002616", "Phenotype", "Aortic root aneurysm", (Name("主动脉根部瘤", "zh"),)),
    Entity("HP:0002239", "Phenotype", "Gastrointestinal hemorrhage", (Name("消化道出血", "zh"),)),
    Entity("MESH:D001241", "Drug", "Aspirin", (Name("阿司匹林", "zh"), Name("acetylsalicylic acid"))),
    Entity("MESH:D014859", "Drug", "Warfarin", (Name("华法林", "zh"),)),
    Entity("HGNC:3603", "Gene", "FBN1"),
    Entity("HGNC:2623", "Gene", "CYP2C9"),
    Entity("HGNC:9604", "Gene", "PTGS1"),
    Entity("MEDGRAPH:group-nsaid", "Concept", "NSAID"),
]
CURATED = [
    ("MESH:D007251", "has_phenotype", "HP:0001945"),
    ("MESH:D007251", "has_phenotype", "HP:0002315"),
    ("OMIM:154700", "has_phenotype", "HP:0001519"),
    ("OMIM:154700", "has_phenotype", "HP:0002616"),
    ("OMIM:154700", "has_phenotype", "HP:0002315"),
    ("HGNC:3603", "gene_associated_with", "OMIM:154700"),
    ("MESH:D001241", "has_role", "MEDGRAPH:group-nsaid"),
    ("MEDGRAPH:group-nsaid", "interacts_with", "MESH:D014859"),
    ("MEDGRAPH:group-nsaid", "contraindicated_in", "HP:0002239"),
    ("MESH:D001241", "inhibits", "HGNC:2623"),
    ("MESH:D001241", "substrate_of", "HGNC:2623"),
    ("MESH:D014859", "substrate_of", "HGNC:2623"),
]
PATH = [
    ("MESH:D001241", "treats", "HP:0001945"),
    ("MESH:D001241", "inhibits", "HGNC:9604"),
    ("HGNC:9604", "contributes_to", "HP:0001945"),
]
# id, title, year, language, and sentences with what they state: subject, predicate, object, polarity.
WRITTEN: list[tuple[str, str, int, str, list[tuple[str, str, str, str, Any]]]] = [
    ("PMID:1", "Aspirin in febrile adults", 2019, "en", [
        ("Aspirin lowered the fever of every adult within two hours.",
         "MESH:D001241", "treats", "HP:0001945", "affirmed"),
        ("Aspirin relieved migraine in most of them.", "MESH:D001241", "palliates", "MESH:D008881", "affirmed"),
    ]),
    ("PMID:2", "No antipyretic effect of low-dose aspirin", 2021, "en", [
        ("Low-dose aspirin did not reduce fever.", "MESH:D001241", "treats", "HP:0001945", "negated"),
    ]),
    ("PMID:3", "阿司匹林的不良反应", 2020, "zh", [
        ("阿司匹林可引起消化道出血。", "MESH:D001241", "has_adverse_effect", "HP:0002239", "affirmed"),
        ("阿司匹林与华法林合用时应监测凝血功能。", "MESH:D001241", "interacts_with", "MESH:D014859", "affirmed"),
    ]),
]  # fmt: skip


def fill(store: Neo4jStore) -> None:
    """A small graph: both languages, a disputed edge, documents, and a patient."""
    names = Source("SMALL", "curated", "A small curated set", version="1")
    store.load(names, ENTITIES)
    store.load(names, (), [
        Assertion.new(s, p, o, source="SMALL", sentence=f"{s} {p} {o}", record=str(n))
        for n, (s, p, o) in enumerate(CURATED)
    ])  # fmt: skip
    store.load(Source("drugmechdb", "curated", "Paths"), (), [
        Assertion.new(s, p, o, source="drugmechdb", sentence=f"{s} {p} {o}", record="P1") for s, p, o in PATH
    ])  # fmt: skip
    store.replace([document(*written) for written in WRITTEN] + [patient()])


def document(id: str, title: str, year: int, language: str, said: list[Any]) -> Contribution:
    text, passages, mentions, assertions = "", [], [], []
    for sentence, s, p, o, polarity in said:
        start, end = len(text), len(text) + len(sentence)
        text += sentence
        passage = f"{id}#{start}"
        passages.append(PassageNode(passage, id, "abstract", start, end, sentence))
        mentions += [Mention(passage, entity, start, start + 3, sentence[:3]) for entity in (s, o)]
        assertions.append(
            Assertion.new(
                s, p, o, source=id, sentence=sentence, polarity=polarity,
                passage=passage, start=start, end=end, extractor="test/1", confidence=0.7,
            )
        )  # fmt: skip
    source = Source(id, "document", title, year=year, language=language)
    return Contribution(source, (), tuple(passages), tuple(mentions), tuple(assertions))


def patient() -> Contribution:
    access = frozenset({"patient:7"})
    facts = [("takes", "MESH:D001241"), ("takes", "MESH:D014859"), ("has_condition", "HP:0002239")]
    return Contribution(
        Source("fhir:7", "document", "Record of patient 7", access=access),
        (Entity("patient:7", "Patient", "Patient 7", access=access),),
        assertions=tuple(
            Assertion.new("patient:7", p, o, source="fhir:7", sentence=f"{p} {o}", record=f"{p}/{o}", access=access)
            for p, o in facts
        ),
    )


@pytest.fixture
def address(start: Callable[..., Any], tmp_path: Path) -> str:
    """Where a real `medgraph serve` serves the guide."""
    home = tmp_path / "serving"
    home.mkdir()
    return f"{start(home).url}/guide.html"


def test_the_guide_and_its_style_are_served_to_pages_of_any_origin(address: str) -> None:
    origin = {"Origin": "http://127.0.0.1:7474", "Access-Control-Request-Method": "GET"}
    for url in (address, address.replace("guide.html", "style.grass")):
        asked = httpx.options(url, headers={**origin, "Access-Control-Request-Headers": "cache-control"})
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == "*"
        assert "GET" in asked.headers["access-control-allow-methods"]
        assert asked.headers["access-control-allow-headers"] == "*"
        given = httpx.get(url, headers=origin)
        assert given.status_code == 200
        assert given.headers["access-control-allow-origin"] == "*"


def test_every_query_and_every_name_in_it_is_in_the_guide(address: str) -> None:
    page = httpx.get(address).text
    for query in QUERIES:
        assert f'id="{query.key}"' in page
        assert len(re.findall(rf'value-key="{query.key}-\d"', page)) >= len(query.names)
        assert all(f'"{name}"' in query.cypher for name in query.names)
    assert f"style {address.replace('guide.html', 'style.grass')}" in page


@pytest.fixture
def browsed(throwaway_neo4j: Callable[..., Any], address: str) -> Iterator[Any]:
    """A Neo4j that opens our guide, with the small graph in it."""
    server = throwaway_neo4j("--guide-url", address)
    store = Neo4jStore(server.url, server.user, server.password)
    fill(store)
    yield server
    store.close()


@pytest.mark.neo4j
@pytest.mark.browser
def test_connect_and_every_query_of_the_guide_shows_something(chromium: str, browsed: Any, tmp_path: Path) -> None:
    from playwright.sync_api import expect, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(SECONDS)
        left, errors = set(), []
        page.on("request", lambda r: left.add(r.url) if _leaves(r.url) else None)
        page.on("requestfailed", lambda r: left.discard(r.url) if r.failure == "csp" else None)
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("console", lambda m: errors.append(f"{m.location['url']} {m.text}") if m.type == "error" else None)

        page.goto(f"{browsed.http_url}/browser/")
        page.fill("[data-testid=username]", browsed.user)
        page.fill("[data-testid=password]", browsed.password)
        page.click("[data-testid=connect]")
        page.wait_for_selector(f"pre#{QUERIES[0].key}")
        page.screenshot(path=tmp_path / "guide.png")
        # The style and the guide are loaded side by side: either may come to lie on top.
        expect(page.locator("article").filter(has_text=":style ")).to_be_visible(timeout=SECONDS)
        frames = page.locator("article")
        at_rest, newest = frames.count(), frames.first
        for number, slide in enumerate(SLIDES):
            if number:
                page.click("[data-testid=nextSlide]")
            for query in slide.queries:
                page.click(f"pre#{query.key} > i")
                expect(newest).to_contain_text(ROWS, timeout=SECONDS)
                page.screenshot(path=tmp_path / f"{query.key}.png")
                newest.locator("button[title=Close]").click()
                expect(frames).to_have_count(at_rest, timeout=SECONDS)

        # A name typed into the field of a query, in Chinese, is what the query then asks for.
        for _ in range(len(SLIDES) - 2):
            page.click("[data-testid=previousSlide]")
        page.fill("[value-for=disease-drugs-0]", "偏头痛")
        page.press("[value-for=disease-drugs-0]", "End")
        page.screenshot(path=tmp_path / "field.png")
        page.click("pre#disease-drugs > i")
        expect(newest).to_contain_text('"PALLIATES"', timeout=SECONDS)
        expect(newest).to_contain_text('"Migraine"')
        browser.close()
    assert left == set()
    assert [error for error in errors if not _expected(error, browsed.url)] == []


def _leaves(url: str) -> bool:
    return not re.match(r"(data:|blob:|(http|ws)://(127\.0\.0\.1|localhost)[:/])", url)


def _expected(error: str, bolt: str) -> bool:
    """What the Browser's page asks for in vain: fonts and scripts from outside, and whether Bolt's port speaks HTTP."""
    return "Content Security Policy" in error or error.startswith(f"http{bolt.removeprefix('neo4j')}/ ")

"""Searching as both doors do: pages that go on, entities with what is below them, names of the query, and why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import searching
from api.errors import BadCursor, NotFound
from api.schemas.search import HitsOut
from api.searching import Wanted
from api.settings import Settings
from api.wiring import Parts
from graph.errors import UnknownEntity

PUBLIC = frozenset({"public"})
NAMES = """\
# source: names
# title: Chinese names
# version: 1
id\ttype\tname\tzh\tsynonyms
MONDO:3\tDisease\tTophaceous gout\t砂石病\t
"""
OBO = """\
format-version: 1.2
ontology: tree

[Term]
id: MONDO:1
name: arthritis

[Term]
id: MONDO:2
name: gouty arthritis
synonym: "gout" EXACT []
is_a: MONDO:1

[Term]
id: MONDO:3
name: tophaceous gout
is_a: MONDO:2
"""
RECORDS: list[dict[str, Any]] = [
    {"pmid": 1, "title": "A trial", "year": 2001, "publication_types": ["Randomized Controlled Trial"],
     "abstract": {"methods": "Colchicine was given in tophaceous gout.", "results": "It helped nobody at all."}},
    {"pmid": 2, "title": "A review", "year": 2011, "publication_types": ["Review"], "source": "reviews",
     "abstract": "Arthritis has many causes. Fever is common."},
    {"id": "note:1", "title": "A note", "access": "ward:7", "text": "Gout again in this patient, with fever."},
    {"pmid": 4, "title": "关节炎", "year": 2015, "abstract": "痛风患者可以服用秋水仙碱。"},
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from api.cli import main as cli

    folder = tmp_path_factory.mktemp("searching")
    (folder / "tree.obo").write_text(OBO, encoding="utf-8")
    (folder / "names.tsv").write_text(NAMES, encoding="utf-8")
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
    (folder / "documents.jsonl").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDGRAPH_HOME", str(folder / "home"))
        patch.setenv("MEDGRAPH_TAGGER", "dictionary")
        assert cli.main(["load", str(folder / "tree.obo"), str(folder / "names.tsv")]) == 0
        assert cli.main(["ingest", str(folder / "documents.jsonl")]) == 0
    return folder / "home"


@pytest.fixture(scope="module")
def parts(home: Path) -> Iterator[Parts]:
    with Parts(Settings(home=home)) as opened:
        yield opened


def found(parts: Parts, query: str, k: int = 10, **wanted: Any) -> HitsOut:
    return searching.search(parts, query, Wanted(**wanted), reader=PUBLIC, access=PUBLIC, k=k)


def documents(out: HitsOut) -> set[str]:
    return {hit.document for hit in out.hits}


def test_pages_go_on_until_there_are_no_more(parts: Parts) -> None:
    whole = found(parts, "arthritis and fever", k=10)
    assert whole.total == len(whole.hits) > 2
    assert whole.cursor is None
    seen: list[str] = []
    cursor = None
    for _ in range(whole.total):
        page = searching.search(
            parts, "arthritis and fever", Wanted(), reader=PUBLIC, access=PUBLIC, k=1, cursor=cursor
        )
        assert page.total == whole.total
        seen += [hit.passage for hit in page.hits]
        cursor = page.cursor
    assert cursor is None
    assert seen == [hit.passage for hit in whole.hits]
    first = searching.search(parts, "arthritis and fever", Wanted(), reader=PUBLIC, access=PUBLIC, k=1)
    with pytest.raises(BadCursor):
        searching.search(parts, "another query", Wanted(), reader=PUBLIC, access=PUBLIC, k=1, cursor=first.cursor)


def test_an_entity_is_meant_with_what_is_below_it(parts: Parts) -> None:
    assert documents(found(parts, "what helps", entities=["MONDO:1"])) == {"PMID:1", "PMID:2"}
    assert documents(found(parts, "what helps", entities=["MONDO:1"], descendants=False)) == {"PMID:2"}
    assert documents(found(parts, "what helps", entities=["Gout"])) == {"PMID:1"}
    with pytest.raises(UnknownEntity):
        found(parts, "what helps", entities=["MONDO:99"])
    with pytest.raises(NotFound):
        found(parts, "what helps", entities=["no such thing"])


def test_a_chinese_query_is_asked_with_the_english_names_of_the_graph(parts: Parts) -> None:
    assert searching.worded(parts, "砂石病怎么办", PUBLIC).lower() == "砂石病怎么办 tophaceous gout"
    assert searching.worded(parts, "tophaceous gout", PUBLIC) == "tophaceous gout"
    hit = found(parts, "砂石病怎么办").hits[0]
    assert hit.document == "PMID:1"
    assert "tophaceous gout" in " ".join(hit.text[start:end] for start, end in hit.spans)


def test_the_entities_that_the_query_names_are_counted(parts: Parts) -> None:
    assert searching.named(parts, "tophaceous gout or arthritis", PUBLIC) == {"MONDO:3", "MONDO:1"}
    hits = {hit.document: hit for hit in found(parts, "tophaceous gout or arthritis").hits}
    assert hits["PMID:1"].parts["entity_overlap"] == hits["PMID:2"].parts["entity_overlap"] == 1
    assert "entity_overlap" not in found(parts, "of no name").hits[0].parts


def test_filters_by_kind_of_study_section_and_label(parts: Parts) -> None:
    assert documents(found(parts, "fever", study_types=["randomized-controlled trial"])) == {"PMID:1"}
    assert documents(found(parts, "fever", sections=["results"])) <= {"PMID:1"}
    ward = PUBLIC | {"ward:7"}
    wanted = Wanted(labels=["ward:7"])
    out = searching.search(parts, "fever", wanted, reader=ward, access=ward, k=5)
    assert documents(out) == {"note:1"}
    assert out.total == 1
    assert [one.part for one in found(parts, "fever", labels=["ward:7"]).unmet] == ["labels"]


def test_the_words_that_match_are_told(parts: Parts) -> None:
    (hit,) = [hit for hit in found(parts, "fevers in arthritis").hits if hit.document == "PMID:2"]
    assert {hit.text[start:end] for start, end in hit.spans} == {"Arthritis", "Fever"}
    (hit,) = [hit for hit in found(parts, "痛風怎么办").hits if hit.document == "PMID:4"]
    assert [hit.text[start:end] for start, end in hit.spans] == ["痛风"]


def test_how_far_a_cosine_is_above_unrelated_texts_is_told(parts: Parts) -> None:
    near, far = found(parts, "tophaceous gout and colchicine").hits[0], found(parts, "a cup of tea").hits[0]
    assert near.parts["above"] > 2.5 > far.parts["above"]


def test_what_nothing_meets_is_told_with_what_there_is(parts: Parts) -> None:
    (one,) = found(parts, "fever", sources=["pubmedd"]).unmet
    assert (one.part, one.there) == ("sources", ["pubmed", "reviews"])
    (one,) = found(parts, "fever", year_from=2030).unmet
    assert (one.part, one.years) == ("years", (2001, 2015))
    neither = found(parts, "fever", sources=["reviews"], year_to=2001)
    assert (neither.hits, neither.unmet, neither.total) == ([], [], 0)
    there = searching.choices(parts, PUBLIC)
    assert {one.name: one.count for one in there.sources} == {"pubmed": 2, "reviews": 1}
    assert {one.name for one in there.study_types} == {"randomized controlled trial", "review"}


@pytest.mark.parametrize(
    "query",
    ["the of and with", "x" * 50_000, "fever " * 10_000, "痛", "\x00\x01\x1b[2J", "fe\x00ver", "half \ud83d", "。"],
)
def test_odd_queries_are_answered(query: str, parts: Parts) -> None:
    for mode in ("lexical", "dense", "hybrid", "rerank"):
        out = searching.search(parts, query, Wanted(), reader=PUBLIC, access=PUBLIC, k=1000, mode=mode)
        assert len(out.hits) <= out.total
        assert out.cursor is None


def test_the_command_explains_and_lists(home: Path, medgraph: Callable[..., Any]) -> None:
    told = medgraph("search", "tophaceous gout", "--explain", "--k", "1", home=home)
    assert told.code == 0
    assert "words: rank 1 (BM25 " in told.out
    assert "meaning: rank " in told.out
    assert "entity overlap: 1" in told.out
    assert "**tophaceous gout**" in told.out.replace("** **", " ")
    assert "the 1 best of " in told.out
    listed = medgraph("search", "--sources", home=home)
    assert "2  pubmed" in listed.out
    assert "randomized controlled trial" in listed.out
    assert medgraph("search", "--sources", "--json", home=home).json["years"] == [2001, 2015]


def test_the_command_says_why_nothing_was_found(home: Path, medgraph: Callable[..., Any]) -> None:
    for options, told in [
        (["--source", "pubmedd"], "no passage is of such a source; there are: pubmed, reviews"),
        (["--section", "moon"], "no passage is of such a section; there are: "),
        (["--year-from", "2030"], "there are 2001 to 2015"),
        (["--only-access", "ward:7"], "no passage is under such an access label"),
        (["--source", "reviews", "--year-to", "2001"], "no passage meets all parts of the filter together"),
    ]:
        done = medgraph("search", "fever", *options, home=home)
        assert done.code == 0
        assert told in done.out, done.out
    assert "no letter" in medgraph("search", "?!", home=home).out
    for arguments in (["search", ""], ["search", " "], ["search", "x", "--k", "0"], ["search", "x\udc80"]):
        assert medgraph(*arguments, home=home).code == 2
    assert medgraph("search", "x", "--entity", "MONDO:99", home=home).code == 8


def test_the_door_over_http(filled: Path, client: httpx.Client) -> None:
    page = client.get("/v1/search", params={"q": "metformin", "k": 1}).json()
    assert page["mode"] == "hybrid"
    assert page["total"] == 5
    after = client.get("/v1/search", params={"q": "metformin", "k": 1, "cursor": page["cursor"]}).json()
    assert after["hits"][0]["passage"] != page["hits"][0]["passage"]
    start, end = page["hits"][0]["spans"][0]
    assert page["hits"][0]["text"][start:end].lower() in ("metformin", "二甲双胍")
    words = client.get("/v1/search", params={"q": "metformin", "mode": "lexical"}).json()
    assert all("dense_rank" not in hit["parts"] for hit in words["hits"])
    none = client.get("/v1/search", params={"q": "metformin", "source": "Jane Roe", "section": "moon"})
    assert none.status_code == 200
    assert {one["part"] for one in none.json()["unmet"]} == {"sources", "sections"}
    assert "Roe" not in none.text
    there = client.get("/v1/search/sources").json()
    assert {"name": "pubmed", "count": 4} in there["sources"]
    assert "letter" not in json.dumps(there)

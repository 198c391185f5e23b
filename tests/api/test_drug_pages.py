"""`medgraph drug`, `medgraph drugs for` and GET /v1/drugs…, as users have them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from api import problems
from api.cli import main as cli
from api.cli.drug_table import alike
from api.drug_pages import Asked
from api.schemas.drug_pages import StepOut
from api.schemas.graph import NodeOut

Command = Callable[..., Any]
HEAD = "# source: {}\n# title: {}\n# licence: {}\n# version: 1\n"
TABLES = {
    "names.tsv": HEAD.format("small", "small", "CC0-1.0")
    + """\
id\ttype\tname\tzh\tsynonyms
DRUGBANK:DB00682\tDrug\tWarfarin\t华法林\tCoumadin
DRUGBANK:DB06605\tDrug\tApixaban\t阿哌沙班\tEliquis
DRUGBANK:DB01050\tDrug\tIbuprofen\t布洛芬\tAdvil
DOID:9477\tDisease\tpulmonary embolism\t肺栓塞\t
DOID:2841\tDisease\tAsthma\t哮喘\t
MEDGRAPH:group-nsaid\tConcept\tNSAID\t非甾体抗炎药\tNSAIDs
""",
    "members.tsv": HEAD.format("medgraph-pharmacology", "ours", "CC0-1.0")
    + """\
drug\tname\tgroup\tstrength\treference
DRUGBANK:DB01050\tIbuprofen\tMEDGRAPH:group-nsaid\t\tlabel
""",
    "rules.tsv": HEAD.format("medgraph-pharmacology", "ours", "CC0-1.0")
    + """\
a\tb\tseverity\tkind\tmechanism\tmechanism_zh\tmanagement\tmanagement_zh\treference
DRUGBANK:DB00682\tMEDGRAPH:group-nsaid\tmajor\t\tBoth make bleed.\t均致出血。\tAvoid.\t避免。\tlabel
""",
    "closed.tsv": HEAD.format("closed", "A Closed Book", "CC-BY-NC-4.0")
    + """\
a\tb\tseverity\tkind\tmechanism\tmechanism_zh\tmanagement\tmanagement_zh\treference
DRUGBANK:DB00682\tDRUGBANK:DB06605\tcontraindicated\t\tClosed.\t\t\t\tp. 3
""",
    "conditions.tsv": HEAD.format("medgraph-pharmacology", "ours", "CC0-1.0")
    + """\
drug\tname\tverdict\tcondition\twords\twords_zh\twhy\twhy_zh\treference
DRUGBANK:DB00682\tWarfarin\tcontraindicated\tpregnancy\tpregnancy\t妊娠\tIt harms.\t有害。\tlabel
MEDGRAPH:group-nsaid\tNSAID\tcaution\tDOID:2841\tasthma\t哮喘\tBronchospasm.\t支气管痉挛。\tlabel
""",
    "indications.tsv": """\
doid_id\tdrugbank_id\tdisease\tdrug\tcategory\tn_curators\tn_resources
DOID:9477\tDB00682\tpulmonary embolism\tWarfarin\tDM\t3\t4
DOID:9477\tDB06605\tpulmonary embolism\tApixaban\tDM\t2\t1
DOID:9477\tDB01050\tpulmonary embolism\tIbuprofen\tNOT\t3\t1
""",
    "path.yaml": """\
directed: true
graph: {_id: P1, disease: pulmonary embolism, disease_mesh: DOID:9477, drug: Warfarin, drug_mesh: "DRUGBANK:DB00682"}
nodes:
- {id: "DRUGBANK:DB00682", label: Drug, name: Warfarin}
- {id: "UniProt:Q9BQB6", label: Protein, name: VKORC1}
- {id: "DOID:9477", label: Disease, name: pulmonary embolism}
links:
- {key: decreases activity of, source: "DRUGBANK:DB00682", target: "UniProt:Q9BQB6"}
- {key: contributes to, source: "UniProt:Q9BQB6", target: "DOID:9477"}
""",
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a few drugs and what they are for; to be read only."""
    folder, home = tmp_path_factory.mktemp("tables"), tmp_path_factory.mktemp("ward")
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDGRAPH_HOME", str(home))
        assert cli.main(["load", "-q", *map(str, sorted(folder.iterdir()))]) == 0
    return home


def test_the_words_of_json(medgraph: Command, ward: Path) -> None:
    done = medgraph("drug", "Coumadin", "--json", home=ward)
    assert (done.code, done.err) == (0, "")
    body = done.json
    assert (body["asked"], body["id"], body["name"], body["kind"]) == (
        "Coumadin",
        "DRUGBANK:DB00682",
        "Warfarin",
        "drug",
    )
    assert body["names"] == {"en": ["Warfarin", "Coumadin"], "zh": ["华法林"]}
    assert body["codes"] == {"DRUGBANK": ["DB00682"]}
    sections = body["sections"]
    (indication,) = sections["indications"]["facts"]
    assert (indication["name"], indication["kind"], indication["sources"]) == (
        "pulmonary embolism",
        "listed",
        ["drugmechdb", "pharmacotherapydb"],
    )
    assert sections["interactions"]["total"] == 1
    assert sections["interactions"]["facts"][0]["kind"] == "major"
    assert sections["circumstances"]["facts"][0]["details"] == {"words": "pregnancy", "why": "It harms."}
    (path,) = body["mechanisms"]["paths"]
    assert [(step["start"]["name"], step["predicate"], step["end"]["name"]) for step in path["chains"][0]] == [
        ("Warfarin", "inhibits", "VKORC1"),
        ("VKORC1", "contributes_to", "pulmonary embolism"),
    ]
    assert [one["name"] for one in body["alternatives"]["alternatives"]] == ["Apixaban"]
    assert body["counts"] == {"medgraph-pharmacology": {"major": 1}}
    assert [one["source"] for one in body["closed"]] == ["closed"]
    assert {one["source"]: one["licence"] for one in body["sources"]}["pharmacotherapydb"] == "CC0-1.0"
    every = medgraph("drug", "华法林", "--licence", "all", "--json", home=ward).json
    assert every["counts"]["closed"] == {"contraindicated": 1}
    assert (every["name"], every["closed"]) == ("华法林", [])


def test_the_table(medgraph: Command, ward: Path) -> None:
    text = " ".join(medgraph("drug", "warfarin", home=ward).out.split())
    for words in (
        "Warfarin (DRUGBANK:DB00682)",
        "listed: pulmonary embolism (disease-modifying indication",
        "Warfarin —inhibits→ VKORC1 —contributes to→ pulmonary embolism",
        "Side effects, the most frequent first (0) nothing is stated in the sources read",
        "; 1 loaded sources were not read for their licence",
        "CONTRAINDICATED pregnancy: It harms. [medgraph-pharmacology]",
        "medgraph-pharmacology: MAJOR 1",
        "MAJOR NSAID. Both make bleed. to do: Avoid.",
        "of another class: Apixaban",
        "A Closed Book (closed), 1, CC-BY-NC-4.0",
    ):
        assert words in text, words
    derived = " ".join(medgraph("drug", "Advil", home=ward).out.split())
    assert "Derived from its classes: no source states these of the drug (1) MAJOR Warfarin" in derived
    assert "CAUTION asthma: Bronchospasm. (as Ibuprofen is an NSAID)" in derived
    assert "Stated not to be for (1) pulmonary embolism" in derived


def test_the_table_in_chinese(medgraph: Command, ward: Path) -> None:
    text = medgraph("drug", "华法林", home=ward).out
    for words in ("适应证", "收录：肺栓塞", "禁忌  妊娠：有害。", "均致出血。", "处理：避免。", "来源", "因许可未读取"):
        assert words in text, words
    assert "Both make bleed." not in text
    assert "Both make bleed." in medgraph("drug", "华法林", "--language", "en", home=ward).out


def test_a_section_by_itself(medgraph: Command, ward: Path) -> None:
    done = medgraph("drug", "warfarin", "--section", "interactions", "--section", "effects", home=ward)
    assert "Both make bleed." in done.out
    assert "pregnancy" not in done.out
    body = medgraph("drug", "warfarin", "--section", "mechanisms", "--json", home=ward).json
    assert (body["sections"], body["alternatives"], body["mechanisms"]["total"]) == ({}, None, 1)
    assert medgraph("drug", "warfarin", "--section", "nothing", home=ward).code == problems.USAGE


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("warfarine x", "no drug is named 'warfarine x'; nearest: Warfarin"),
        ("qqqqqq", "nothing is near"),
        ("Asthma", "'Asthma' names no drug but DOID:2841 (Disease Asthma)"),
        ("DOID:2841", "'DOID:2841' names no drug but DOID:2841 (Disease Asthma)"),
    ],
)
def test_what_is_no_drug_is_said_to_be_none(name: str, words: str, medgraph: Command, ward: Path) -> None:
    done = medgraph("drug", name, home=ward)
    assert (done.code, done.out) == (problems.NOT_FOUND, "")
    assert words in done.err


def test_alternatives_without_interaction(medgraph: Command, ward: Path) -> None:
    asked = ("drug", "Apixaban", "--section", "alternatives", "--without-interaction-with", "ibuprofen")
    (one,) = medgraph(*asked, "--json", home=ward).json["alternatives"]["alternatives"]
    assert (one["name"], one["interacts"]) == ("Warfarin", [{"drug": "ibuprofen", "severity": "major"}])
    text = medgraph(*asked, "--without-interaction-with", "qqqq", home=ward).out
    assert "interacting gravely with what is taken: Warfarin" in text
    assert "Not known, and not looked for: qqqq" in text


def test_drugs_for_a_disease(medgraph: Command, ward: Path) -> None:
    body = medgraph("drugs", "for", "pulmonary", "embolism", "--json", home=ward).json
    assert [(one["name"], one["basis"], one["direct"]) for one in body["drugs"]] == [
        ("Warfarin", "listed", True),
        ("Apixaban", "listed", True),
    ]
    assert (body["total"], body["cursor"], [one["name"] for one in body["denied"]]) == (2, None, ["Ibuprofen"])
    text = medgraph("drugs", "for", "肺栓塞", "--limit", "1", home=ward).out
    for words in ("用于肺栓塞 (DOID:9477)的药物 (2)", "收录：华法林", "另有1条", "明确不适用 (1)", "布洛芬"):
        assert words in text, words


def test_long_lists_are_folded_and_all_of_them_is_there(
    medgraph: Command, ward: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.cli.drugs_for.SHOWN", 1)
    monkeypatch.setattr("api.cli.drug_table.SHOWN", 0)
    text = medgraph("drugs", "for", "pulmonary embolism", home=ward).out
    assert "Apixaban" not in text
    assert "… and 1 more: --all shows them" in text
    assert "Apixaban" in medgraph("drugs", "for", "pulmonary embolism", "--all", home=ward).out
    page = medgraph("drug", "warfarin", home=ward).out
    assert "listed: pulmonary embolism" not in page
    assert "… and 1 more: --section indications shows them" in page
    page = medgraph("drug", "warfarin", "--all", home=ward).out
    assert "listed: pulmonary embolism" in page
    assert page.startswith("Warfarin (DRUGBANK:DB00682)")


def test_candidates_stand_beside_what_is_stated(medgraph: Command, ward: Path) -> None:
    body = medgraph("drugs", "for", "asthma", "--candidates", "--json", home=ward).json
    assert (body["candidates"], body["drugs"]) == (None, [])
    assert "no path leads to Asthma" in body["candidates_note"]
    text = medgraph("drugs", "for", "哮喘", "--candidates", home=ward).out
    assert "候选药物：无审编来源述及；仅为研究假设，并非治疗建议" in text
    body = medgraph("drugs", "for", "肺栓塞", "--candidates", "--json", home=ward).json
    assert all(one["new"] for one in body["candidates"]["candidates"])
    assert body["candidates_note"] == ""
    assert medgraph("drugs", "for", "肺栓塞", "--json", home=ward).json["candidates"] is None


def test_chains_that_differ_in_one_node_are_told_as_one() -> None:
    def node(name: str) -> NodeOut:
        return NodeOut(id=name, type="Gene", name=name, name_zh=name, url="")

    def step(start: str, end: str) -> StepOut:
        return StepOut(
            subject=start,
            predicate="inhibits",
            object=end,
            source="s",
            words="",
            assertion="1",
            start=node(start),
            end=node(end),
            backwards=False,
        )

    def chain(*names: str) -> list[StepOut]:
        return [step(*pair) for pair in pairwise(names)]

    told = alike([chain("D", "COX-1", "P"), chain("D", "COX-2", "P"), chain("D", "X", "Y"), chain("D", "P")])
    assert [names for _, names in told] == [["D", "COX-1 / COX-2", "P"], ["D", "X", "Y"], ["D", "P"]]


def test_what_interacts_is_set_aside_and_free_of_it_is_no_proof(medgraph: Command, ward: Path) -> None:
    asked = ("drugs", "for", "pulmonary embolism", "--without-interaction-with", "Advil")
    text = " ".join(medgraph(*asked, home=ward).out.split())
    assert "Set aside: they interact gravely with what is taken, stated or derived (1) listed: Warfarin" in text
    assert "interacts with Advil (MAJOR)" in text
    assert "Not found in medgraph pharmacology; that is no proof of safety." in text


def test_bad_input(medgraph: Command, ward: Path, tmp_path: Path) -> None:
    assert medgraph("drug", home=ward).code == problems.USAGE
    assert medgraph("drug", " ", home=ward).code == problems.USAGE
    assert medgraph("drugs", "for", "warfarin", home=ward).code == problems.NOT_FOUND
    assert medgraph("drugs", "for", "asthma", home=ward).out.count("no drug is stated to be for it") == 1
    empty = tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "n.tsv").write_text(TABLES["names.tsv"], encoding="utf-8")
    (tmp_path / "indications.tsv").write_text(TABLES["indications.tsv"], encoding="utf-8")
    assert medgraph("load", "-q", str(tmp_path / "n.tsv"), str(tmp_path / "indications.tsv"), home=empty).code == 0
    done = medgraph("drugs", "for", "肺栓塞", "--without-interaction-with", "布洛芬", home=empty)
    assert done.code == problems.NOTHING_LOADED


def test_the_same_over_http(start: Callable[..., Any], ward: Path, tmp_path: Path) -> None:
    client = start(Path(shutil.copytree(ward, tmp_path / "home"))).client
    by_name = client.get("/v1/drugs", params={"name": "华法林"}).json()
    by_id = client.get("/v1/drugs/DRUGBANK:DB00682", params={"language": "zh"}).json()
    assert {**by_name, "asked": "", "read_as": ""} == {**by_id, "asked": "", "read_as": ""}
    assert (by_name["name"], by_name["sections"]["indications"]["total"]) == ("华法林", 1)
    row = by_name["sections"]["interactions"]["facts"][0]["statements"][0]
    assert client.get(f"/v1/assertions/{row['assertion']}").json()["source"]["id"] == "medgraph-pharmacology"
    asked = {"section": ["alternatives"], "with": ["Eliquis"], "licence": "all"}
    (other,) = client.get("/v1/drugs/DRUGBANK:DB06605", params=asked).json()["alternatives"]["alternatives"]
    assert other["interacts"] == [{"drug": "Eliquis", "severity": "contraindicated"}]
    page = client.get("/v1/drugs/for", params={"disease": "肺栓塞", "limit": 1}).json()
    after = client.get("/v1/drugs/for", params={"disease": "肺栓塞", "limit": 1, "cursor": page["cursor"]}).json()
    assert [one["name"] for one in (*page["drugs"], *after["drugs"])] == ["华法林", "阿哌沙班"]
    assert (page["total"], after["cursor"]) == (2, None)
    for path, params, slug in (
        ("/v1/drugs", {"name": "warfarine x"}, "unknown-name"),
        ("/v1/drugs/DOID:2841", {}, "unknown-name"),
        ("/v1/drugs/for", {"disease": "qqqq"}, "unknown-name"),
        ("/v1/drugs/for", {"disease": "asthma", "cursor": page["cursor"]}, "bad-cursor"),
        ("/v1/drugs", {"name": ""}, "invalid-request"),
        ("/v1/drugs", {"name": "warfarin", "section": "nothing"}, "invalid-request"),
    ):
        reply = client.get(path, params=params)
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["type"] == f"urn:medgraph:problem:{slug}"
    unknown = client.get("/v1/drugs", params={"name": "warfarine x"})
    assert (unknown.status_code, unknown.json()["nearest"]) == (404, ["Warfarin"])
    assert client.get("/v1/drugs/DOID:2841").json()["named"][0]["type"] == "Disease"
    assert "sections" in json.loads(client.get("/v1/drugs/华法林").text)


def test_the_language_is_that_of_the_name() -> None:
    assert [Asked(name, frozenset()).spoken for name in ("华法林", "warfarin")] == ["zh", "en"]
    assert Asked("华法林", frozenset(), language="en").spoken == "en"

"""The invented texts, names and patients of every house."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from attacks import fhir

BUNDLED, LISTED, NOTED = 34, 24, 12  # victims that came in bundles, in lines, and those of whom there are notes alone
OBO = """format-version: 1.2
ontology: doid
data-version: 2020-01-01

[Term]
id: DOID:13189
name: gout

[Term]
id: DOID:1240
name: leukemia
synonym: "白血病" EXACT []
synonym: "leukaemia" EXACT []

[Term]
id: DOID:2841
name: asthma
synonym: "哮喘" EXACT []

[Term]
id: DOID:9900001
name: zorbia fever
synonym: "佐比亚热" EXACT []
"""
PUBLIC: list[dict[str, Any]] = [
    {"id": f"pub{n}", "title": f"Public note {n}", "text": text, "year": 2010 + n, "access": ["public"]}
    for n, text in enumerate(
        [
            "Colchicine treats gout. Gout is seen with fever.",
            "Asthma is treated with salbutamol. The patients had asthma for years.",
            "佐比亚热可用阿司匹林治疗。患者有发热。",
            "Zorbia fever is rare. Aspirin treats zorbia fever.",
            "Leukemia was found in nine patients. Rituximab treats leukemia.",
            "白血病患者可用长春新碱治疗。",
        ]
        + [f"Case series {n} of gout and asthma in town {n}." for n in range(24)]
    )
]
HIDDEN: list[dict[str, Any]] = [
    {"id": f"hid{n}", "title": f"Ward note {n}", "text": text, "year": 2030 + n, "access": ["ward:7"]}
    for n, text in enumerate(
        [
            "Vincamord treats gout. Vincamord causes leukemia.",
            "Quellmann disease was found with gout and asthma.",
            "维卡莫德可用于治疗佐比亚热。",
            "Aspirin does not treat zorbia fever. Aspirin causes zorbia fever.",
        ]
        + [f"Ward series {n} of gout and asthma." for n in range(20)]
    )
]
HIDDEN_TAGGED = (
    "77000001|t|Vincamord in Quellmann disease\n"
    "77000001|a|Vincamord induced Quellmann disease. Gout followed.\n"
    "77000001\t0\t9\tVincamord\tChemical\tMESH:C999001\n"
    "77000001\t13\t30\tQuellmann disease\tDisease\tMESH:C999002\n"
    "77000001\t68\t72\tGout\tDisease\tMESH:D006073\n"
    "77000001\tCID\tMESH:C999001\tMESH:C999002\n"
    "77000001\tCID\tMESH:C999001\tMESH:D006073\n\n"
)
PUBLIC_TAGGED = (
    "77000002|t|Colchicine in gout\n"
    "77000002|a|Colchicine induced gout again.\n"
    "77000002\t0\t10\tColchicine\tChemical\tMESH:D003078\n"
    "77000002\t14\t18\tgout\tDisease\tMESH:D006073\n"
    "77000002\tCID\tMESH:D003078\tMESH:D006073\n\n"
)


def jsonl(documents: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents).encode()


def medline(pmid: str, title: str, abstract: str, extra: str = "", version: int = 1, within: str = "") -> bytes:
    return (
        "<?xml version='1.0' encoding='utf-8'?><PubmedArticleSet><PubmedArticle>"
        f"<MedlineCitation Status='MEDLINE' Owner='NLM'><PMID Version='{version}'>{pmid}</PMID>"
        "<Article PubModel='Print'><Journal><JournalIssue CitedMedium='Print'><PubDate><Year>2021</Year></PubDate>"
        f"</JournalIssue></Journal><ArticleTitle>{title}</ArticleTitle>"
        f"<Abstract><AbstractText>{abstract}</AbstractText></Abstract><Language>eng</Language>{within}</Article>"
        f"{extra}</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    ).encode()


def dense(folder: Path, nodes: int = 300, each: int = 24) -> None:
    """A graph in which paths are many, with one hub, as KGX."""
    chance = random.Random(20)
    things = ["id\tcategory\tname"] + [f"MONDO:98{n:05d}\tbiolink:Disease\tdense disease {n}" for n in range(nodes)]
    edges = ["id\tsubject\tpredicate\tobject\tprimary_knowledge_source"]
    for n in range(nodes):
        others = {chance.randrange(nodes) for _ in range(each)} | {0}
        edges += [
            f"e{n}-{other}\tMONDO:98{n:05d}\tbiolink:related_to\tMONDO:98{other:05d}\tinfores:dense"
            for other in others
            if other != n
        ]
    (folder / "dense_nodes.tsv").write_text("\n".join(things) + "\n", "utf-8")
    (folder / "dense_edges.tsv").write_text("\n".join(edges) + "\n", "utf-8")


def victim(number: str) -> list[fhir.Resource]:
    """A record: a condition of a name that nobody else has, an allergy, a drug, a note."""
    return [
        fhir.newer(fhir.person(number), 2),
        fhir.newer(fhir.condition(number, f"Marker{number} syndrome", f"c{number}"), 2),
        fhir.newer(fhir.allergy(number, "Penicillin", f"a{number}"), 2),
        fhir.newer(fhir.request(number, "Metformin", f"m{number}"), 2),
        fhir.newer(fhir.note(number, f"Patient has gout. Note of {number}.", f"n{number}"), 2),
    ]


def numbers() -> tuple[list[str], list[str], list[str]]:
    bundled, listed, noted = (
        [f"{kind}{n:02d}" for n in range(many)] for kind, many in (("b", BUNDLED), ("n", LISTED), ("t", NOTED))
    )
    return bundled, listed, noted


def written(folder: Path) -> None:
    """Every file of the corpus."""
    folder.mkdir(exist_ok=True)
    for inner in ("graph", "open", "ward", "records"):
        (folder / inner).mkdir(exist_ok=True)
    (folder / "graph/tiny.obo").write_text(OBO, "utf-8")
    dense(folder / "graph")
    (folder / "open/public.jsonl").write_bytes(jsonl(PUBLIC))
    (folder / "open/tagged.pubtator").write_text(PUBLIC_TAGGED, "utf-8")
    for n in range(1, 7):
        paper = medline(f"8800000{n}", f"Colchicine in gout {n}", "Colchicine treats gout.")
        (folder / f"open/paper{n}.xml").write_bytes(paper)
    (folder / "ward/hidden.jsonl").write_bytes(jsonl(HIDDEN))
    (folder / "ward/tagged.pubtator").write_text(HIDDEN_TAGGED, "utf-8")
    bundled, listed, noted = numbers()
    for number in bundled:
        (folder / f"records/{number}.json").write_bytes(fhir.bundle(*victim(number)))
    every = [one for number in listed + noted for one in victim(number)]
    (folder / "records/export.ndjson").write_bytes(fhir.lines(*every))

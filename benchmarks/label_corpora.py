"""Random corpora in two halves: what a caller may see, and what he may not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import Any

SHOWN = ("public", "ward:7", "patient:aa")
"""The labels that the caller holds."""
HIDDEN = ("ward:8", "patient:bb")
"""Those that he does not."""
NAMES = """\
# source: names
# title: names of the proof
# version: 1
id\ttype\tname\tzh\tsynonyms
MESH:D008687\tDrug\tMetformin\t二甲双胍\tGlucophage
MESH:D001241\tDrug\tAspirin\t阿司匹林\tAcetylsalicylic acid
MESH:D014859\tDrug\tWarfarin\t华法林\t
MESH:D003042\tDrug\tCocaine\t可卡因\t
MESH:D003924\tDisease\tType 2 diabetes mellitus\t2型糖尿病\tType II diabetes
MESH:D006333\tDisease\tHeart failure\t心力衰竭\tcardiac failure
MESH:D006073\tDisease\tGout\t痛风\tgouty arthritis
MESH:D000140\tDisease\tLactic acidosis\t乳酸酸中毒\t
MESH:D015658\tDisease\tHIV infection\t艾滋病毒感染\t
HP:0002018\tPhenotype\tNausea\t恶心\t
HP:0012735\tPhenotype\tCough\t咳嗽\t
HP:0001945\tPhenotype\tFever\t发热\t
NCBIGene:672\tGene\tBRCA1\t\tbreast cancer 1
"""
DRUGS = {"Metformin": "二甲双胍", "Aspirin": "阿司匹林", "Warfarin": "华法林", "Cocaine": "可卡因"}
DISEASES = {
    "type 2 diabetes mellitus": "2型糖尿病",
    "heart failure": "心力衰竭",
    "gout": "痛风",
    "lactic acidosis": "乳酸酸中毒",
    "HIV infection": "艾滋病毒感染",
}
FINDINGS = {"nausea": "恶心", "cough": "咳嗽", "fever": "发热"}
_SENTENCES = (
    ("{drug} is effective in the treatment of {disease}.", "{药}用于治疗{病}。"),
    ("{drug} does not treat {disease}.", "{药}不能治疗{病}。"),
    ("{drug} causes {finding} in some patients.", "{药}可引起{症}。"),
    ("{drug} may cause {disease}.", "{药}可能引起{病}。"),
    ("{drug} is contraindicated in {disease}.", "{病}患者禁用{药}。"),
    ("{drug} interacts with {other}.", "{药}与{它}有相互作用。"),
    ("{disease} presents with {finding}.", "{病}的症状有{症}。"),
    ("The patient takes {drug} and has {disease}.", "患者服用{药}，患有{病}。"),
    ("Mutations in BRCA1 are associated with {disease}.", "BRCA1突变与{病}有关。"),
)


@dataclass(frozen=True)
class Corpus:
    """What is read in. Records of JSON Lines carry their labels; `hidden` is what the caller may not see."""

    shown: tuple[dict[str, Any], ...]
    hidden: tuple[dict[str, Any], ...]
    order: tuple[int, ...]
    """In which the records of both come, those shown first in number."""

    def mixed(self) -> list[dict[str, Any]]:
        """Both halves in their order."""
        both = (*self.shown, *self.hidden)
        return [both[place] for place in self.order]

    def alone(self) -> list[dict[str, Any]]:
        """The same without what is hidden."""
        return [self.shown[place] for place in self.order if place < len(self.shown)]


def corpus(random: Random) -> Corpus:
    """A corpus of a few documents of either half; hidden ones often say the same, or bear the same title."""
    shown = tuple(_document(random, f"S:{number}", SHOWN) for number in range(random.randint(1, 5)))
    hidden = [_document(random, f"H:{number}", HIDDEN) for number in range(random.randint(1, 5))]
    for one in hidden:
        if random.random() < 0.4:
            twin = random.choice(shown)
            one |= {name: twin[name] for name in random.sample(["title", "text", "year", "url"], 2)}
    order = list(range(len(shown) + len(hidden)))
    random.shuffle(order)
    return Corpus(shown, tuple(hidden), tuple(order))


def sentence(random: Random, *, chinese: bool) -> str:
    """One that states something."""
    drug, other = random.sample(sorted(DRUGS), 2)
    disease, finding = random.choice(sorted(DISEASES)), random.choice(sorted(FINDINGS))
    english, mandarin = random.choice(_SENTENCES)
    if chinese:
        return mandarin.format(药=DRUGS[drug], 它=DRUGS[other], 病=DISEASES[disease], 症=FINDINGS[finding])
    text = english.format(drug=drug, other=other.lower(), disease=disease, finding=finding)
    return text[0].upper() + text[1:]


def _document(random: Random, id: str, labels: tuple[str, ...]) -> dict[str, Any]:
    chinese = random.random() < 0.3
    text = [sentence(random, chinese=chinese) for _ in range(random.randint(1, 4))]
    access = random.sample(labels, random.choice((1, 1, 2)))
    return {
        "id": id,
        "title": random.choice(["A report", "A letter", "一份报告", text[0]]),
        "text": "".join(text) if chinese else " ".join(text),
        "year": random.randint(1990, 2025),
        "language": "zh" if chinese else "en",
        "source": random.choice(["file", "letters", "pubmed"]),
        "retracted": random.random() < 0.1,
        "access": access,
        "url": f"https://papers.example/{random.randint(1, 9)}",
        "keywords": [random.choice(sorted(DISEASES))],
        "publication_types": [random.choice(["Review", "Case Reports"])],
    }


def bundle(random: Random, person: int, *, known: bool) -> str:
    """A patient's record in FHIR: of a person whose record is hidden (`known`), or of one of whom nothing is here."""
    id = f"{'known' if known else 'unknown'}-{person}"
    name = random.choice(sorted(DISEASES))
    patient = {"resourceType": "Patient", "id": id, "gender": "female", "birthDate": "1970-01-01"}
    condition = {
        "resourceType": "Condition",
        "id": f"c-{id}",
        "subject": {"reference": f"Patient/{id}"},
        "code": {"text": name},
        "clinicalStatus": {"coding": [{"code": "active"}]},
    }
    entries = [{"resource": resource} for resource in (patient, condition)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})

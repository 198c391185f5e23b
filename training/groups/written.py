"""Texts that people wrote: answers of MedQuAD about a disease, and patients' turns of CMDD where a doctor names one.

The names of the disease are taken out: what is to be learnt is what it is like.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from ingest.sources.files.archive import members
from training.groups.simulate import Text

KINDS = frozenset({"symptoms", "information", "causes", "exams and tests", "susceptibility"})
"""The questions whose answers are read."""
LENGTH = 700
"""Characters that are read of an answer."""
WEIGHT = 0.4
_PATIENT = "患者"
_HEAD = "(when available)"
"""With this a list of signs begins; what stands before it is the same for every disease."""


def medquad(path: Path, same: Callable[[str], str], group: Callable[[str], str]) -> Iterator[Text]:
    """Answers of the archive whose disease has a group: `same` makes one id of a disease of its id of UMLS."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    pages = sorted(member for member in members(path, ".xml") if isinstance(member, tuple))
    for _, content in pages:
        root = etree.fromstring(content, parser)
        ids = [same(f"UMLS:{cui.text}") for cui in root.iter("CUI")]
        disease = next((id for id in ids if not id.startswith("UMLS:") and group(id)), "")
        if disease:
            yield from _answers(root, disease, group(disease))


def _answers(root: etree._Element, disease: str, group: str) -> Iterator[Text]:
    called = [root.findtext("Focus") or "", *(each.text or "" for each in root.iter("Synonym"))]
    hidden = re.compile(
        "|".join(re.escape(name) for name in sorted(called, key=len, reverse=True) if name), re.IGNORECASE
    )
    for pair in root.iter("QAPair"):
        question = pair.find("Question")
        answer = " ".join((pair.findtext("Answer") or "").split()).rpartition(_HEAD)[2]
        if question is not None and question.get("qtype") in KINDS and len(answer) > 80:
            yield Text(hidden.sub("it", answer[:LENGTH]), "en", group, disease, WEIGHT)


def cmdd(path: Path, named: Mapping[str, tuple[str, str]]) -> Iterator[Text]:
    """Dialogues in which doctors speak of one disease most: `named` gives group and disease of a name."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            turns = json.loads(line)["dialogue-content"]
            spoken = Counter(
                named[name]
                for turn in turns
                if turn["speaker"] != _PATIENT
                for name in turn["normalized"]
                if name in named
            )
            told = "。".join(turn["sentence"] for turn in turns if turn["speaker"] == _PATIENT)
            for name in named:
                told = told.replace(name, "")
            if spoken and len(told) > 20:
                group, disease = min(spoken, key=lambda each: (-spoken[each], each))
                yield Text(told[:LENGTH], "zh", group, disease, WEIGHT)


def said(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """How patients say a symptom, with the name that CMDD gives it."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                for turn in json.loads(line)["dialogue-content"]:
                    yield from zip(_spans(turn["sentence"], turn["label"]), turn["normalized"], strict=False)


def _spans(sentence: str, labels: str) -> list[str]:
    spans: list[str] = []
    for character, label in zip(sentence, labels, strict=False):
        if label == "B":
            spans.append(character)
        elif label == "I" and spans:
            spans[-1] += character
    return spans

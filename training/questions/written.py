"""Questions with the topic that each asks about: made from templates, and written by hand.

A line of JSON of a written one has `id`, `question`, `topic`, `also` (topics that are right, too), and `names`: pairs
of a name in it and its type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from qa.asked.topics import TOPICS
from qa.model import AskedEntity
from text.names import is_chinese

TYPES = {"D": "Drug", "S": "Disease", "P": "Phenotype", "G": "Gene", "T": "Measurement"}
_CHOICE = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"\{([DSPGT])\}")
UNREAD = 0.2
"""The share of names that no graph has: the words around them must do."""
BOTH = 0.35
"""The share of diseases and findings whose name is that of the other, too."""
_BEFORE = (
    "hi, ", "hello, ", "quick question: ", "please tell me, ", "I'm a pharmacist. ", "as a student I'd like to know: ",
    "could you tell me ", "doc, ", "sorry to bother, ", "for my exam: ",
)  # fmt: skip
_AFTER = (" thanks", " please", " asap", " (for a patient on the ward)", " cheers", " I'm curious", " pls")
_BEFORE_ZH = ("请问", "你好，", "医生，", "想咨询一下，", "麻烦问下", "大夫您好，", "急，", "我想知道", "请教一下：")
_AFTER_ZH = ("谢谢", "，谢谢医生", "，求解答", "啊", "呢", "，在线等", "，麻烦了")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that names `entities`, and the topics that are right; the first is the one to learn."""

    id: str
    text: str
    topics: tuple[str, ...]
    entities: tuple[AskedEntity, ...]

    @property
    def language(self) -> str:
        return "zh" if is_chinese(self.text) else "en"


def written(path: Path) -> Iterator[Asked]:
    """Those of a file. Raises OSError, ValueError."""
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        topics = (one["topic"], *one.get("also", ()))
        if not set(topics) <= set(TOPICS):
            raise ValueError(f"{one['id']} has an unknown topic")
        named = [entity(name, type) for name, type in one["names"]]
        yield Asked(one["id"], one["question"], topics, tuple(named))


def entity(name: str, type: str) -> AskedEntity:
    """A name that a question holds."""
    return AskedEntity(f"X:{name}", type, name, name, False, "")


def made(folder: Path, count: int, seed: int) -> Iterator[Asked]:
    """At most `count` different questions of each template of a folder. Raises OSError."""
    random = Random(seed)  # noqa: S311 not for secrets
    names = _names(folder / "names.tsv")
    for language in ("english", "chinese"):
        topics: tuple[str, ...] = ()
        for line in (folder / f"{language}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                topics = tuple(word.strip() for word in line[2:].split(","))
            elif line and set(topics) <= set(TOPICS):
                yield from _of_template(line, topics, names[language == "chinese"], count, random)


def _names(path: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """By slot, in English and in Chinese."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row[0]: row[1].split("|") for row in rows}, {row[0]: row[2].split("|") for row in rows}


def _of_template(
    template: str, topics: tuple[str, ...], names: dict[str, list[str]], count: int, random: Random
) -> Iterator[Asked]:
    seen: set[str] = set()
    for _ in range(count * 2):
        text, entities = _filled(_chosen(template, random), names, random)
        text = _spoken(text.strip(), random)
        if text not in seen and len(seen) < count:
            seen.add(text)
            yield Asked(f"{topics[0]} {template}", text, topics, tuple(entities))


def _chosen(template: str, random: Random) -> str:
    """The template with one of each choice."""
    while match := _CHOICE.search(template):
        template = template[: match.start()] + random.choice(match[1].split("|")) + template[match.end() :]
    return template


def _filled(template: str, names: dict[str, list[str]], random: Random) -> tuple[str, list[AskedEntity]]:
    """The template with a name in each slot, and what a graph would read of them."""
    entities: list[AskedEntity] = []

    def fill(match: re.Match[str]) -> str:
        name = random.choice(names[match[1]])
        if random.random() >= UNREAD:
            entities.append(entity(name, TYPES[match[1]]))
            if match[1] in "SP" and random.random() < BOTH:
                entities.append(entity(name, "Phenotype" if match[1] == "S" else "Disease"))
        return name

    return _SLOT.sub(fill, template), entities


def _spoken(text: str, random: Random) -> str:
    """The question as somebody may type it: with a greeting, without its mark, in small letters."""
    chinese = is_chinese(text)
    if random.random() < 0.12 and len(text) > 8:
        text = random.choice(_BEFORE_ZH if chinese else _BEFORE) + text
    if random.random() < 0.1 and len(text) > 8:
        text = text.rstrip("?？。 ") + random.choice(_AFTER_ZH if chinese else _AFTER)
    if random.random() < 0.35:
        text = text.rstrip("?？。 ")
    if random.random() < 0.04 and not chinese:
        at = random.randrange(len(text))
        text = text[:at] + text[at + 1 :]
    return text


def sources(asked: Sequence[Asked]) -> int:
    """How many different texts there are."""
    return len({one.text for one in asked})

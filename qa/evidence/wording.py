"""How a fact reads in English and in Chinese: what writers say, the check recognises, and `why` tells.

Pure functions; the words for predicates are those of `graph.schema`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Entity
from graph.schema import PREDICATES
from text.names import is_chinese


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages, or what of it there is."""

    en: str = ""
    zh: str = ""

    def of(self, language: str) -> str:
        """In this language, else in the other."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


_NEGATED_ENGLISH = {
    "underwent": "did not undergo",
    "was measured for": "was not measured for",
    "takes part in": "does not take part in",
    "covaries with": "does not covary with",
}
_NEGATED_CHINESE = {
    "的不良反应包括": "的不良反应不包括", "的表现包括": "的表现不包括", "属于": "不属于",
    "的遗传方式为": "的遗传方式不为", "的起病时期为": "的起病时期不为",
    "的病程特点为": "的病程特点不为", "的临床特点为": "的临床特点不为",
}  # fmt: skip
# Where subject, words and object do not simply follow one another.
_CHINESE_PATTERNS = {
    "interacts_with": ("{s}与{o}存在相互作用", "{s}与{o}没有相互作用"),
    "associated_with": ("{s}与{o}相关", "{s}与{o}不相关"),
    "gene_associated_with": ("{s}与{o}相关", "{s}与{o}不相关"),
    "affects_response_to": ("{s}影响{o}的疗效", "{s}不影响{o}的疗效"),
    "part_of": ("{s}是{o}的一部分", "{s}不是{o}的一部分"),
    "binds": ("{s}与{o}结合", "{s}不与{o}结合"),
    "covaries_with": ("{s}与{o}共变", "{s}与{o}不共变"),
    "resembles": ("{s}与{o}相似", "{s}与{o}不相似"),
    "allergic_to": ("{s}对{o}过敏", "{s}对{o}不过敏"),
    "treats": ("{s}用于治疗{o}", "{s}不能治疗{o}"),
    "palliates": ("{s}缓解{o}的症状", "{s}并不缓解{o}的症状"),
    "reverses": ("{s}是{o}的解毒或逆转药", "{s}不是{o}的解毒或逆转药"),
    "monitored_by": ("使用{s}期间需监测{o}", "使用{s}期间不需监测{o}"),
    "diagnoses": ("{s}用于诊断{o}", "{s}不用于诊断{o}"),
    "underwent": ("{s}接受了{o}", "{s}没有接受{o}"),
    "has_measurement": ("{s}测得{o}", "{s}未测{o}"),
    "contraindicated_in": ("{s}禁用于{o}", "{s}并不禁用于{o}"),
    "has_condition": ("{s}患有{o}", "{s}没有{o}"),
    "takes": ("{s}正在使用{o}", "{s}没有使用{o}"),
}

LISTS = {
    ("treats", "subject"): ("Stated to treat {x}: {list}", "据记载，用于治疗{x}的有：{list}"),
    ("treats", "object"): ("{x} is stated to treat {list}", "据记载，{x}用于治疗：{list}"),
    ("palliates", "subject"): ("Stated to relieve the symptoms of {x}: {list}", "据记载，可缓解{x}症状的有：{list}"),
    ("palliates", "object"): (
        "{x} is stated to relieve the symptoms of {list}",
        "据记载，{x}可缓解其症状的有：{list}",
    ),
    ("prevents", "subject"): ("Stated to prevent {x}: {list}", "据记载，可预防{x}的有：{list}"),
    ("prevents", "object"): ("{x} is stated to prevent {list}", "据记载，{x}可预防：{list}"),
    ("has_adverse_effect", "object"): ("Adverse effects stated for {x}: {list}", "据记载，{x}的不良反应包括：{list}"),
    ("has_adverse_effect", "subject"): (
        "{x} is stated as an adverse effect of {list}",
        "据记载，不良反应包括{x}的药物有：{list}",
    ),
    ("interacts_with", "either"): ("Interactions stated for {x}: {list}", "据记载，与{x}存在相互作用的有：{list}"),
    ("contraindicated_in", "object"): ("{x} is stated to be contraindicated in {list}", "据记载，{x}禁用于：{list}"),
    ("contraindicated_in", "subject"): ("Stated to be contraindicated in {x}: {list}", "据记载，禁用于{x}的有：{list}"),
    ("has_phenotype", "object"): ("{x} presents with {list}", "{x}的表现包括：{list}"),
    ("has_phenotype", "subject"): ("{x} is a finding in {list}", "表现包括{x}的疾病有：{list}"),
    ("causes", "object"): ("{x} is stated to cause {list}", "据记载，{x}可引起：{list}"),
    ("causes", "subject"): ("Stated to cause {x}: {list}", "据记载，可引起{x}的有：{list}"),
    ("subclass_of", "object"): ("{x} is a kind of {list}", "{x}属于：{list}"),
    ("subclass_of", "subject"): ("Kinds of {x}: {list}", "{x}包括：{list}"),
}
"""Several facts in one sentence, by predicate and by which end the list stands at."""

UNEXPLAINED = ("; not explained: ", "；未能解释：")
DISAGREE = ("Sources disagree on whether this holds: {said}", "不同来源的说法不一：{said}")
"""Words of a differential and of a contradiction, in English and Chinese."""


def name_in(entity: Entity, language: str) -> str:
    """The entity's name in `language`, else its preferred name.

    Of several Chinese synonyms the first, which is the preferred one of the first source that has any.
    """
    if language != "zh" or is_chinese(entity.name):
        return entity.name
    return next((n.text for n in entity.synonyms if n.language == "zh" and is_chinese(n.text)), entity.name)


def all_names(entity: Entity) -> tuple[str, ...]:
    """Every name of the entity in any language, the preferred one first."""
    return (entity.name, *(name.text for name in entity.synonyms))


def fact(predicate: str, subject: str, object: str, *, negated: bool, certainty: str, language: str) -> str:
    """One statement as a clause without a full stop: `Metformin does not cause hypoglycaemia`."""
    words = PREDICATES[predicate]
    if language == "zh":
        patterns = _CHINESE_PATTERNS.get(predicate)
        if patterns is None:
            phrase = words.chinese.rstrip("：")
            patterns = (f"{{s}}{phrase}{{o}}", f"{{s}}{_NEGATED_CHINESE.get(phrase, '并不' + phrase)}{{o}}")
        clause = patterns[negated].format(s=subject, o=object)
        return {"certain": clause, "possible": f"可能：{clause}", "hypothetical": f"假设：{clause}"}.get(
            certainty, f"既往：{clause}"
        )
    phrase = negated_phrase(words.phrase) if negated else words.phrase
    if phrase.endswith(" a") and _SOUNDS_OPEN.match(object):
        phrase += "n"
    clause = f"{subject} {phrase} {object}"
    before = {"possible": "Possibly, ", "hypothetical": "As a hypothesis, ", "historical": "In the past, "}
    return before.get(certainty, "") + clause


def chinese_words(predicate: str) -> set[str]:
    """The pieces of every Chinese way to say the predicate, affirmed and negated, that stand around the names."""
    phrase = PREDICATES[predicate].chinese.rstrip("：")
    patterns = [*_CHINESE_PATTERNS.get(predicate, ()), phrase, _NEGATED_CHINESE.get(phrase, "并不" + phrase)]
    patterns += [pattern for (name, _), (_, pattern) in LISTS.items() if name == predicate]
    return {piece for pattern in patterns for piece in _NAMES.split(pattern) if piece} - {""}


_NAMES = re.compile(r"\{\w+\}|：|，")
_SOUNDS_OPEN = re.compile(r"[AEIOaeio]|[Uu](?!ni|ri|se|ti|ro)|[FHLMNRSX](?=[A-Z])")
"""What is said with a vowel ahead: `an NSAID`, `an inhibitor`, but `a uricosuric`."""


def negated_phrase(phrase: str) -> str:
    """`treats` becomes `does not treat`, `is associated with` becomes `is not associated with`."""
    if phrase in _NEGATED_ENGLISH:
        return _NEGATED_ENGLISH[phrase]
    verb, _, rest = phrase.partition(" ")
    if verb in ("is", "was"):
        return f"{verb} not {rest}"
    bare = "have" if verb == "has" else verb.removesuffix("s")
    return f"does not {bare} {rest}".rstrip()


def listed(names: Sequence[str], language: str) -> str:
    """`A, B and C`, or `A、B和C`."""
    if len(names) < 2:
        return "".join(names)
    if language == "zh":
        return "、".join(names[:-1]) + "和" + names[-1]
    return ", ".join(names[:-1]) + " and " + names[-1]

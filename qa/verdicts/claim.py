"""What a statement or a question claims: which things, by which relations, and whether it denies it.

A claim has its relations in the order in which they are to be looked at; `sense` is whether the words affirm that it
holds. Of relations of safety it holds that there is a danger: "can be combined" denies an interaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.asked.whether import asks_whether
from qa.verdicts.relation import RELATIONS, Relation
from qa.verdicts.thing import Thing
from text.words import content_words

MOST_WORDS = 12
"""Content words around the things of a question at most; in Chinese, pairs of characters."""
Form = Literal["question", "statement"]
_ASKED = re.compile(
    r"^\W*(?:(?:is it (?:true|correct|right)|(?:it is|it's) (?:true|correct|false)|statement|true or false|true/false|t/f|"
    r"correct or not|right or wrong|fact or (?:myth|fiction)|judge|decide)\b[^a-z]*(?:that\b)?|判断(?:题|对错|正误)?[：:，]?|"
    r"(?:以下|下列|这个|这一|下面)?(?:说法|陈述|表述)[：:])|"
    r"[,，.。;；?？!！\s]*(?:(?:is that |is this )?(?:true|correct|right)(?: or (?:false|not|wrong|incorrect))?[?？.]?|"
    r"correct or not[?？]?|true or false[?？]?|(?:这一?|这个|该|此)?(?:种)?(?:说法|陈述|表述)?(?:是)?(?:正确|对|错误|错)的?"
    r"(?:吗|么|还是错误|还是错|与否|不对)?[?？。]?|对不对[?？]?|是否正确[?？]?)\W*$",
    re.IGNORECASE,
)
_FALSE = re.compile(r"\bit(?: i|')s (?:false|not true|wrong|incorrect|a myth)\b|(?:说法|陈述|表述)(?:是)?(?:不正确|错误|不对)", re.I)
_QUESTION = re.compile(
    r"[?？]\s*$|\b(?:what|which|how|why|who|whom|when|where)\b|哪|什么|怎么|如何|怎样|多少|几种|谁|吗|呢\s*$|是否|能否|是不是|会不会|能不能|可不可以",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:i|i'm|i've|my|me|we|our|he|she|his|her|him|year[- ]old|yo|y/o|presents? with a|please|tell|list|explain|describe|"
    r"compare|summari[sz]e|give|show|name)\b|我|他|她|岁|请|列出|介绍|解释|比较|怎样",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:is|are|was|were|does|do|did|can|could|will|would|has|have|should|must|may)(?: not|n['’]t)\b|\bcannot\b|\bnot\b|"
    r"\bno (?!longer)\w+|\bnever\b|\bwithout\b|\bneither\b|\bunrelated\b|\bnor\b|\bfails? to\b|\black(?:s|ing)?\b|"
    r"并不|并非|不(?:会|是|能|引起|导致|属于|用于|可|抑制|升高|宜|应|存在|需|影响|适|具|含|经|通过|由|常|作用|治|表现|出现|伴|包括|增加|相关|诱导|激活|结合)|"
    r"没有|无(?:关|相互|明显|禁|需|须|显著)|未(?:见|发现|被|获)|非(?:由)",
    re.IGNORECASE,
)
_NEGLIGIBLE = re.compile(r"\bnot only\b|\bnever exposed\b|\bif not\b|不仅|不良|不但|不全|不足|不稳|不耐|不育|不孕", re.IGNORECASE)
_FORBIDS = re.compile(
    r"\b(?:must|should|may|can|could|do|does|ought)(?: not|n['’]t| never)\b|\bcannot\b|\bnever\b|\bavoid\w*|\bunsafe\b|"
    r"\bnot (?:safe|be|recommended|advis\w+|suitable)\b|\bcontra-?indicat\w*|\bdangerous\b|\bharmful\b|\bunsuitable\b|"
    r"\bcaution\w*|\bcareful|不能|不可(?!不)|不宜|避免|禁|忌|不应|不得|不要|慎|不安全|不适合|不建议|不推荐|谨慎|小心|注意",
    re.IGNORECASE,
)
_PERMITS = re.compile(
    r"\bsafe(?:ly)?\b|\b(?:can|may|could)\b|\bfine\b|\bok(?:ay)?\b|\ballow\w*|\brecommended\b|\blets?\b|\bas usual\b|"
    r"\bno (?:difference|interaction|contra-?indication|problem|risk|need|reason|concern)|\bfreely\b|\bsuitable\b|"
    r"\b(?:is|are)(?: not|n['’]t) (?:contra|unsafe|dangerous)|"
    r"放心|安全|可以|可(?:与|同|用|安)|能(?:够)?|没有?禁忌|无禁忌|首选|没问题|照常|无需|不必|随意|推荐",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"\bno (?:known |relevant |clinically )*(?:difference|interaction|contra-?indication|problem|risk|danger|concern)|"
    r"(?:is|are|does|do)(?: not|n['’]t) (?:contra|unsafe|dangerous|interact|affect|matter|need|require)|"
    r"\bnot (?:contra|unsafe|dangerous|interact)|\bneed not\b|as usual|"
    r"没有?(?:禁忌|相互作用|影响|风险)|无(?:禁忌|相互作用|需|须)|不(?:是禁忌|属于禁忌|存在相互作用|相互作用|影响|需|会相互|必)",
    re.IGNORECASE,
)


_SENTENCE = re.compile(r"(?:[A-Za-z]+\W+){3,}|[\u4e00-\u9fff].*[\u4e00-\u9fff]")
"""Words enough for a sentence."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed of which things."""

    text: str
    things: tuple[Thing, ...]
    relations: tuple[Relation, ...]
    """Those that the words tell, then those that the things alone suggest."""
    told: int
    """How many of them the words tell."""
    form: Form
    denied: bool

    def sense(self, relation: Relation) -> bool:
        """Whether the words affirm that the relation holds."""
        if not relation.safety:
            return not self.denied
        if _HARMLESS.search(self.text):
            return False
        return bool(_FORBIDS.search(self.text)) or not _PERMITS.search(self.text)


def plain(text: str) -> str:
    """A statement without the words that ask whether it is true."""
    text = _ASKED.sub("", text.strip())
    return _ASKED.sub("", text).strip(" \"'“”‘’「」") or text


def form_of(text: str, things: Sequence[Thing] = ()) -> Form | None:
    """Whether a text asks for a yes or no or states something of these things; None where it does neither."""
    if _ASKED.search(text.strip()) and _ASKED.sub("", text.strip()).strip():
        return "statement"
    if asks_whether(text):
        return "question"
    words = text
    for thing in things:
        words = words.replace(thing.surface, "□")
    return None if _QUESTION.search(words) or _PERSONAL.search(words) or "\n" in text.strip() else "statement"


def claim_in(text: str, things: Sequence[Thing], form: Form) -> Claim | None:
    """What a text claims of the things that it names; None where it claims nothing of any two."""
    bare = plain(text)
    if len(things) < 2:
        return None
    told, meant = relations_in(bare, things)
    if not told and not meant:
        return None
    if not told and form == "statement" and bare == text.strip() and not _SENTENCE.search(blanked(bare, things)):
        # Two names side by side state nothing.
        return None
    if len(things) > 2:
        # `beta blockers such as propranolol`: what the one is, is not what is claimed.
        told.sort(key=lambda relation: relation.name in ("class", "kind"))
    relations = (*told, *meant)
    return Claim(bare, tuple(things), relations, len(told), form, _denies(text, bare))


def relations_in(
    text: str, subjects: Sequence[Thing], objects: Sequence[Thing] | None = None
) -> tuple[list[Relation], list[Relation]]:
    """The relations that may hold between two of the things, or one way or the other between the ones and the others:
    those that the words around them tell, and the rest."""
    blank = blanked(text, subjects)
    told: list[Relation] = []
    rest: list[Relation] = []
    for relation in RELATIONS:
        if objects is None:
            fits = any(relation.fits(a.kinds, b.kinds) for a in subjects for b in subjects if a is not b)
        else:
            fits = any(
                relation.fits(a.kinds, b.kinds) or relation.fits(b.kinds, a.kinds) for a in subjects for b in objects
            )
        if fits:
            (told if relation.cue.search(blank) else rest).append(relation)
    return told, rest


def blanked(text: str, things: Sequence[Thing]) -> str:
    """The text with a mark in place of each thing, whose words tell nothing of a relation."""
    for thing in things:
        if text.count(thing.surface) and thing.kinds != {"other"}:
            text = text.replace(thing.surface, "□" if thing.kinds - {"mode", "class"} else f"□ {thing.surface}")
    return text


def relevant(claim: Claim) -> bool:
    """Whether little else is said than what is claimed: who adds much asks for more than the graph states."""
    if claim.form == "statement":
        return True
    blank = blanked(claim.text, claim.things)
    return len(content_words(blank)) <= MOST_WORDS


def permits(claim: Claim, relation: Relation | None) -> bool:
    """Whether the words ask if something may be done, of which a relation says that it is dangerous."""
    return relation is not None and relation.safety and not claim.sense(relation)


def denies(text: str) -> bool:
    """Whether a text denies what it is about."""
    return _denies(text, plain(text))


def _denies(text: str, bare: str) -> bool:
    denials = len(_NOT.findall(_NEGLIGIBLE.sub(" ", bare)))
    return (denials % 2 == 1) != bool(_FALSE.search(text))

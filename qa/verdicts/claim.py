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
    r"^\W*(?:(?:is it (?:true|correct|right)|(?:it is|it's) (?:true|correct|false)|statement|true or false|"
    r"true/false|t/f|"
    r"correct or not|right or wrong|fact or (?:myth|fiction)|judge|decide)\b[^a-z]*(?:that\b)?|判断(?:题|"
    r"对错|正误)?[：:，]?|"
    r"(?:以下|下列|这个|这一|下面)?(?:说法|陈述|表述)[：:])|"
    r"[,，.。;；?？!！\s]*(?:(?:is that |is this )?(?:true|correct|right)(?: or (?:false|not|wrong|"
    r"incorrect))?[?？.]?|"
    r"correct or not[?？]?|true or false[?？]?|(?:这一?|这个|该|此)?(?:种)?(?:说法|陈述|表述)?(?:是)?(?:正确|"
    r"对|错误|错)的?"
    r"(?:吗|么|还是错误|还是错|与否|不对)?[?？。]?|对不对[?？]?|是否正确[?？]?)\W*$",
    re.IGNORECASE,
)
_FALSE = re.compile(
    r"\bit(?: i|')s (?:false|not true|wrong|incorrect|a myth)\b|(?:说法|陈述|表述)(?:是)?(?:不正确|错误|不对)", re.I
)
_QUESTION = re.compile(
    r"[?？]\s*$|\b(?:what|which|how|why|who|whom|when|where)\b|[哪何]|什么|怎么|怎样|多少|几种|谁|吗|呢\s*$|"
    r"是否|能否|是不是|会不会|能不能|可不可以",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:i|i'm|i've|my|me|we|our|he|she|his|her|him|year[- ]old|yo|y/o|presents? with a|please|tell|list|"
    r"explain|describe|"
    r"compare|summari[sz]e|give|show|name)\b|我|他|她|岁|请|列出|介绍|解释|比较|怎样",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:is|are|was|were|does|do|did|can|could|will|would|has|have|should|must|may)(?: not|n['’]t)\b|"
    r"\bcannot\b|\bnot\b|"
    r"\bno (?!longer)\w+|\bnever\b|\bwithout\b|\bneither\b|\bunrelated\b|\bnor\b|\bfails? to\b|\black(?:s|ing)?\b|"
    r"并不|并非|不(?:会|是|能|引起|导致|属于|用于|可|抑制|升高|宜|应|存在|需|影响|适|具|含|经|通过|由|常|"
    r"作用|治|表现|出现|伴|包括|增加|相关|诱导|激活|结合)|"
    r"没有|无(?:关|相互|明显|禁|需|须|显著)|未(?:见|发现|被|获)|非(?:由)",
    re.IGNORECASE,
)
_WHETHER = (("能不能", "能"), ("可不可以", "可以"), ("会不会", "会"), ("是不是", "是"), ("有没有", "有"),
            ("要不要", "要"), ("行不行", "行"), ("该不该", "该"), ("是否", "是"),
            ("能否", "能"), ("可否", "可"))  # fmt: skip
"""How Chinese asks by saying a thing and its contrary, which denies nothing."""
_TAG = re.compile(
    r"(?:\b(?:ok|okay|safe|alright|all right|fine|allowed)|行|可以|没事|好|安全)[\s吗么吧]*[?？]+\s*$", re.IGNORECASE
)
_LEAVE = re.compile(
    r"\b(?:can|may|could|should|shall)\b.{0,60}?\b(?:take|tak\w+|us(?:e|ed|ing)|have|given?|drink|eat|"
    r"combine\w*|start\w*|mix\w*|"
    r"receive|prescribe\w*|get)\b|\b(?:ok|okay|safe|fine|alright)\b|"
    r"(?:能|可以?).{0,10}?(?:吃|服|用(?!来|于|作)|喝|打|上|合用|联用|一起|同时|接种|注射)|安全吗|行吗|没事吗",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|may|must|should|do|does|will|could|cannot|\w+n['’]t|lets?|"
    r"causes?|cause|treats?|"
    r"inhibits?|blocks?|acts?|interacts?|belongs?|presents?|leads?|induces?|prevents|relieves|runs?|affects?|"
    r"carry|carries|"
    r"works?|interferes?|raises?|lowers?|binds?|activates?|localises?|localizes?|results?|counts?|includes?|"
    r"contains?|involves?|"
    r"underl\w+|stands|points?|suggests?|metaboli[sz]es|converts?|follows|develops|suffers|shows|exerts?|increases?|"
    r"decreases?|"
    r"produces?|targets|falls|means|encodes?|needs?|requires?|avoid|arises?|stems|stimulates?|antagoni[sz]es|"
    r"reduces?|prolongs?)\b|"
    r"是|为|属|会|能|可|有|引起|导致|用于|抑制|激活|诱导|阻断|由|经|通过|应|不|宜|呈|累及|侵犯|位于|适用|"
    r"提示|出现|禁|避免|需|治疗|"
    r"作用于|所致|见于|伴|表现",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^\W*(?:define|list|tell|explain|compare|describe|give|show|name|find|look|search|differentiate|outline|"
    r"summar\w+|discuss|"
    r"enumerate|help|i need|info\w*|best|ways?|treatments?|management|causes of|symptoms|signs|side effects?|"
    r"tips|advice|rank|"
    r"choose|pick|history of)\b|\brank(?:ed)? by\b|排序|"
    r"(?:基因|药物?|疾病|症状|表现|治疗|疗法|方法|关系|区别|机制|作用|不良反应|副作用|检查|诊断|原因|病因|"
    r"方式|编码|剂量|禁忌[证症]?|"
    r"用法|预后|鉴别|适应[证症]|用途|靶点|名单|列表|清单|比较|定义|指南|建议|风险)[。.]?\s*$",
    re.IGNORECASE,
)
_NEGLIGIBLE = re.compile(
    r"\bnot only\b|\bnever exposed\b|\bif not\b|不仅|不良|不但|不全|不足|不稳|不耐|不育|不孕", re.IGNORECASE
)
_FORBIDS = re.compile(
    r"\b(?:must|should|may|can|could|do|does|ought)(?: not|n['’]t| never)\b|\bcannot\b|\bnever\b|\bavoid\w*|"
    r"\bunsafe\b|"
    r"\bnot (?:safe|be|recommended|advis\w+|suitable)\b|\bcontra-?indicat\w*|\bdangerous\b|\bharmful\b|"
    r"\bunsuitable\b|"
    r"\bcaution\w*|\bcareful|不能|不可(?!不)|不宜|避免|禁|忌|不应|不得|不要|慎|不安全|不适合|不建议|不推荐|"
    r"谨慎|小心|注意",
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
    r"\bno (?:known |relevant |clinically )*(?:difference|interaction|contra-?indication|problem|risk|danger|"
    r"concern)|"
    r"(?:is|are|does|do)(?: not|n['’]t) (?:contra|unsafe|dangerous|interact|affect|matter|need|require)|"
    r"\bnot (?:contra|unsafe|dangerous|interact)|\bneed not\b|as usual|"
    r"没有?(?:禁忌|相互作用|影响|风险)|无(?:禁忌|相互作用|需|须)|不(?:是禁忌|属于禁忌|存在相互作用|相互作用|"
    r"影响|需|会相互|必)",
    re.IGNORECASE,
)


_SOMEBODY = re.compile(
    r"\b(?:toddler|baby|newborn|boy|girl|man|woman|farmer|son|daughter|wife|husband|mother|father|mum|mom|"
    r"dads?|grand\w+|"
    r"neighbour|neighbor|friend|colleague|middle-aged|pt)\b|男[婴孩童，,]|女[婴孩童，,]|月龄|患儿|孩子|宝宝|"
    r"老人家|体检|儿子|女儿|老公|老婆|"
    r"爸|妈|爷爷|奶奶",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(r"^\W*(?:is|are|does|do|can|has|have|should|would)n['’]t\b|不是.*吗", re.IGNORECASE)
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
    if asks_whether(text) or _TAG.search(text):
        return "question"
    words = text
    for thing in things:
        words = words.replace(thing.surface, "□")
    if _QUESTION.search(words) or is_of_somebody(words) or "\n" in text.strip():
        return None
    heading = _TITLE.search(text) and not re.search(r"[是为属由经]|存在|没?有|通过", words)
    return "statement" if _VERB.search(words) and not heading else None


def claim_in(text: str, things: Sequence[Thing], form: Form) -> Claim | None:
    """What a text claims of the things that it names; None where it claims nothing of any two."""
    bare = plain(text)
    for asked, meant_by in _WHETHER:
        bare = bare.replace(asked, meant_by)
    if len(things) < 2:
        return None
    told, meant = relations_in(bare, things)
    if form == "question" and asks_leave(text):
        # Whether something may be taken is asked of what is dangerous, and of that alone.
        told = [one for one in (*told, *meant) if one.safety and (one.name != "genotype" or one in told)]
        meant = []
    if not told and not meant:
        return None
    if not told and form == "statement" and bare == text.strip() and not _SENTENCE.search(blanked(bare, things)):
        # Two names side by side state nothing.
        return None
    if len(things) > 2:
        # `beta blockers such as propranolol`: what the one is, is not what is claimed.
        told.sort(key=lambda relation: relation.name in ("class", "kind"))
    relations = (*told, *meant)
    denied = _denies(text, bare) and not (form == "question" and _RHETORICAL.search(text))
    return Claim(bare, tuple(things), relations, len(told), form, denied)


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


def asks_leave(text: str) -> bool:
    """Whether a question asks if something may be taken, given or combined."""
    return _LEAVE.search(text) is not None


def is_of_somebody(text: str) -> bool:
    """Whether a text speaks of the asker, or of somebody they know."""
    return _PERSONAL.search(text) is not None or _SOMEBODY.search(text) is not None


def relevant(claim: Claim) -> bool:
    """Whether little else is said than what is claimed: who adds much asks for more than the graph states."""
    if claim.form == "statement":
        return True
    blank = blanked(claim.text, claim.things)
    return len(content_words(blank)) <= MOST_WORDS and (asks_leave(claim.text) or not re.search(r"\d", blank))


def permits(claim: Claim, relation: Relation | None) -> bool:
    """Whether the words ask if something may be done, of which a relation says that it is dangerous."""
    return relation is not None and relation.safety and not claim.sense(relation)


def denies(text: str) -> bool:
    """Whether a text denies what it is about."""
    return _denies(text, plain(text))


def _denies(text: str, bare: str) -> bool:
    denials = len(_NOT.findall(_NEGLIGIBLE.sub(" ", bare)))
    return (denials % 2 == 1) != bool(_FALSE.search(text))

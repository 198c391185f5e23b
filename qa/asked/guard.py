"""What is answered at once, without search: nothing asked, too much asked, a language we do not read, an emergency.

Only a person's own present emergency is one. `What are the symptoms of myocardial infarction?` and a case told by a
clinician (`A 60-year-old patient with chest pain …`) are questions. Instructions hidden in a question need no guard:
the question is data everywhere, and `check` decides what is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.model import Question, Reason
from text.language import of_question
from text.names import is_chinese, tokens

MAX_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered; `message` is for the asker, in the asker's language where it is known."""

    reason: Reason
    message: str


_EMERGENCY = {
    "en": (
        "This may be an emergency. Call your local emergency number now (for example 112, 911, 999, or 120 in China), "
        "or go to the nearest emergency department. Do not wait for an answer here."
    ),
    "zh": (
        "这可能是紧急情况。请立即拨打当地急救电话（中国大陆 120），或马上前往最近的医院急诊科，不要在这里等待回答。"
    ),
}
_SELF_HARM = {
    "en": (
        "You are not alone, and help is there now. If you might act on these thoughts, or have hurt yourself, call "
        "your local emergency number (for example 112, 911, 999, or 120 in China) or a crisis line (988 in the United "
        "States, 116 123 in the United Kingdom, 12356 in China), and stay near someone you trust."
    ),
    "zh": (
        "你并不孤单，现在就有人可以帮助你。如果你可能会伤害自己或已经受伤，请立即拨打 120 或 110，"
        "也可以拨打全国统一心理援助热线 12356，并请一位信任的人陪在身边。"
    ),
}
_UNSUPPORTED = (
    "Questions are answered in English and Chinese; please ask in one of them. "
    "目前支持英文和中文提问，请用其中一种语言提问。"
)
_EMPTY = {"en": "Please ask a question.", "zh": "请输入问题。"}
_TOO_LONG = {
    "en": f"The question is longer than {MAX_CHARACTERS:,} characters; please shorten it.",
    "zh": f"问题超过 {MAX_CHARACTERS} 个字符，请缩短后再问。",
}

_SOMEBODY = (
    r"(?:i|we|my (?!patient|client)(?:\w+ )?(?:husband|wife|son|daughter|child|kid|baby|toddler|mother|mom|mum|father"
    r"|dad|brother|sister|friend|partner|boyfriend|girlfriend|grandmother|grandfather|neighbou?r|roommate|colleague)"
    r"|he|she|someone|somebody|a man|a woman)"
)
_NOW = r"(?: (?:just|now|currently|suddenly|still|really|all of a sudden|right now))*"

_ENGLISH_SELF_HARM = re.compile(
    r"\bi (?:really |just |often )*(?:want|wish|plan|am going|'?m going|intend|need) to (?:die|be dead|kill myself|"
    r"end my life|end it all|hurt myself|harm myself|commit suicide|take my (?:own )?life)\b(?! of| from)"
    r"|\bi(?:'m| am| feel| have been feeling)(?: \w+){0,2} suicidal\b|\bkill(?:ing)? myself\b"
    r"|\bend(?:ing)? my (?:own )?life\b"
    r"|\bi (?:have |'ve )?(?:just )?(?:cut my wrists?|tried to (?:kill|hang) myself)\b"
    r"|\bi don'?t want to (?:live|be alive)(?: any ?more)?\b",
    re.IGNORECASE,
)
_ENGLISH_EMERGENCY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Chest pain, stroke, fits and the like that somebody has now.
        rf"\b{_SOMEBODY}(?:'m|'s|'ve| am| is| are| have| has)?(?: got| been| having| suffering| experiencing| feeling| "
        rf"feel| feels| think)*{_NOW}(?: i'?m having| he'?s having| she'?s having)?(?: an?| the| some| this| bad| "
        r"terrible| severe| crushing| strong| sudden| sharp| intense| awful| tight| squeezing)*"
        r" (?:chest (?:pain|pressure|tightness)|pain in (?:my|his|her|the) chest|heart attack|stroke|seizure|"
        r"anaphyla\w+|cardiac arrest)\b",
        rf"\b{_SOMEBODY}(?:'m|'s| am| is| are)? ?{_NOW} ?(?:can'?t|cannot|can not|could not|struggling to|unable to|"
        r"hardly|barely)(?: can)? breathe?\b",
        rf"\b{_SOMEBODY}(?:'s| is| has)?{_NOW} (?:not breathing|stopped breathing|unconscious|unresponsive|"
        r"turn(?:ed|ing) blue|choking|collapsed|bleeding (?:heavily|badly|out)|having convulsions)\b",
        r"\b(?:bleeding|blood) (?:that )?(?:won'?t|will not|does not|doesn'?t) stop\b.*\b(?:my|i)\b|"
        r"\bmy throat is (?:closing|swelling)\b|\bmy (?:chest|heart) (?:really )?hurts?\b",
        # Poison and overdose just taken.
        rf"\b{_SOMEBODY}(?:'ve| have| has| had)?{_NOW} (?:took|taken|swallowed|ate|eaten|drank|drunk|ingested) "
        r"(?:\w+ ){0,3}"
        r"(?:overdose|too many|too much|(?:whole|entire) (?:bottle|box|pack|packet)|bleach|rat poison|antifreeze|"
        r"pesticide|(?:\d{2,}|twenty|thirty|forty|fifty|hundred) (?:\w+ ){0,2}(?:pills?|tablets?|capsules?))",
        rf"\b{_SOMEBODY}(?:'ve| have| has)?{_NOW} overdosed\b",
    )
)
_DENIED = re.compile(
    r"\b(?:no|not|never|don'?t|doesn'?t|didn'?t|without|if|when|whenever|used to|afraid|worr\w+)\b[^.;!?]*$",
    re.IGNORECASE,
)
_CLINICIAN = re.compile(
    r"\b(?:patient|year[- ]old|presents|presented|presenting)\b|患者|病人|病例|\d岁(?:男|女)", re.IGNORECASE
)

_CHINESE_SELF_HARM = re.compile(
    r"(?:我|自己)[^，。；！？]{0,6}(?:想|要|打算|准备)(?:死|自杀|自残|轻生|结束生命|了结)|(?:不想活|"
    r"活不下去)了?|想自杀|我[^，。；！？]{0,4}割腕"
)
_CHINESE_EMERGENCY = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:我|他|她|爸|妈|父亲|母亲|老公|老婆|丈夫|妻子|孩子|儿子|女儿|宝宝|朋友|爷爷|奶奶)[^。；！？]{0,12}"
        r"(?:(?:正在|现在|突然|刚才|刚刚|此刻)[^。；！？]{0,8}(?:胸痛|胸口(?:剧?[痛疼]|压)|心口[痛疼]|心梗|"
        r"心脏病发|中风|抽搐|大出血|昏倒|晕倒)|"
        r"昏迷不醒|没有?呼吸了|停止呼吸|叫不醒|喘不[过上]气|喘不过来|不能呼吸|无法呼吸|失去意识|大出血|血止不住)",
        r"(?:现在|正在|突然|此刻)[^。；！？]{0,8}(?:胸痛|胸口[痛疼]|心口[痛疼]|喘不[过上]气|呼吸不了|昏迷)",
        r"我(?:的)?(?:胸口?|心口)(?:很|好|非常|剧烈|特别)?[痛疼闷]",
        r"(?:我|他|她|孩子|儿子|女儿|宝宝|朋友|妈|爸)[^。；！？]{0,8}(?:吃|吞|服|喝)(?:下)?了?[^。；！？]{0,6}"
        r"(?:一整瓶|整瓶|一大把|过量|太多|农药|百草枯|老鼠药|洁厕灵|漂白水|(?:\d{2,}|几十|"
        r"[二三四五六七八九]十)(?:片|粒|颗))",
        r"刚刚?(?:吃|吞|服|喝)[^。；！？]{0,6}(?:过量|农药|百草枯|老鼠药|一整瓶|安眠药(?:自杀)?)",
    )
)
_CHINESE_DENIED = re.compile(r"(?:没有|没|无|并非|不是|如果|要是|万一|曾经?|以前|去年|担心|害怕)[^，。；！？]{0,6}$")


def guard(question: Question) -> Refusal | None:
    """The refusal that ends the way here, or None where the question goes on. At once for a text of any length."""
    text = question.text
    if len(text) > MAX_CHARACTERS:
        return Refusal("question_too_long", _TOO_LONG[_spoken(question)])
    if not tokens(text):
        return Refusal("empty_question", _EMPTY[_spoken(question)])
    emergency = _emergency(text.replace("’", "'"))
    if emergency is not None:
        return Refusal("emergency", emergency)
    if (question.language or of_question(text)) not in ("en", "zh"):
        return Refusal("unsupported_language", _UNSUPPORTED)
    return None


def _emergency(text: str) -> str | None:
    language = "zh" if is_chinese(text) else "en"
    self_harm, others, denied = (
        (_CHINESE_SELF_HARM, _CHINESE_EMERGENCY, _CHINESE_DENIED)
        if language == "zh"
        else (_ENGLISH_SELF_HARM, _ENGLISH_EMERGENCY, _DENIED)
    )
    if _CLINICIAN.search(text):
        return None
    if any(not denied.search(text[: match.start()]) for match in self_harm.finditer(text)):
        return _SELF_HARM[language]
    for pattern in others:
        if any(not denied.search(text[: match.start()]) for match in pattern.finditer(text)):
            return _EMERGENCY[language]
    return None


def _spoken(question: Question) -> str:
    """The language for a message: what the question says, else what its first words look like."""
    if question.language in ("en", "zh"):
        return question.language
    return "zh" if is_chinese(question.text[:200]) else "en"

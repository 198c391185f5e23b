"""What a question asks: its language, its intent, the entities it names, and which findings it denies.

Names are looked up in the graph, so the question's vocabulary is the graph's. Where words are left over, a reader may
say which entity of the graph they mean. Every entity says why it was taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from graph.errors import UnknownEntity
from graph.model import Entity
from graph.names import Token, is_chinese, normalise, tokens
from graph.store import GraphStore
from qa.intent import ENGLISH_WORDS, intent_of
from qa.language import language_of, words
from qa.model import AskedEntity, Question, Understanding
from qa.reader import Read, Reader

LONGEST = {"en": 8, "zh": 12}
"""Tokens in the longest name looked up; a Chinese character is a token."""
REACH = 200
"""Characters before a name in which its negation is looked for."""
HOMONYMS = 4
"""Entities kept at most for one name."""

# Names in one ontology or another (MeSH, HPO's modifiers, gene symbols) that are ordinary words in a question.
_ORDINARY = words(
    "disease disorder syndrome condition illness symptom sign finding phenotype phenotypic abnormality "
    "patient person "
    "people man men woman women male female child children boy girl infant adult human animal mouse "
    "all cause causing effect side adverse reaction "
    "drug medicine medication treatment therapy therapeutic diagnosis prognosis risk factor test testing "
    "history family "
    "case report study trial result review evidence type form kind stage grade onset course frequency frequent rare "
    "occasional mild moderate severe severity acute chronic recurrent progressive congenital early late left right "
    "bilateral unilateral time day week month year life death name use used combination together dose "
    "dosage level high "
    "low normal abnormal increased decreased positive negative present absent possible other general specific "
    "question answer part role system function process work health care safety interaction "
    "contraindication prevention "
    "pregnancy pregnant age old young new best first second what which who how why when where can be is "
    "are was the and "
    "or not no with without for from of in on at to as it do does has have had may might should common after before "
    "during about some any more most less than sudden diffuse localized generalized inheritance modifier clinical "
    "complication mechanism gene protein cell tissue organ body blood water food air pain-free mother father"
)
_ORDINARY_CHINESE = words(
    "病 疾病 患者 病人 症状 表现 原因 病因 药 药物 治疗 诊断 检查 副作用 不良反应 作用 引起 导致 方法 孩子 "
    "儿童 成人 男性 女性 "
    "男 女 人 家族 急性 慢性 轻度 中度 重度 严重 正常 异常 阳性 阴性 怀孕 妊娠 孕妇 哪些 什么 怎么 如何 "
    "可能 同时 一起 预防 "
    "剂量 身体 机制 综合征 发病 复发 常见 罕见 先天性 进行性 双侧 单侧 左 右"
)
ORDINARY = frozenset(normalise(word) for word in _ORDINARY | _ORDINARY_CHINESE)

# How people say it, and the word a graph has. Tried only where the graph does not know what was said.
_EVERYDAY = {
    "发烧": "发热", "拉肚子": "腹泻", "头疼": "头痛", "肚子疼": "腹痛", "肚子痛": "腹痛", "胸口疼": "胸痛",
    "胸口痛": "胸痛",
    "胸疼": "胸痛", "出疹子": "皮疹", "起疹子": "皮疹", "疹子": "皮疹", "喘不上气": "呼吸困难",
    "气短": "呼吸困难", "抽筋": "肌痉挛",
    "抽风": "癫痫发作", "没力气": "乏力", "吐血": "呕血", "便血": "便血", "关节疼": "关节痛",
    "嗓子疼": "咽痛", "心慌": "心悸",
    "眼睛发黄": "黄疸", "尿血": "血尿", "糖尿": "糖尿病", "高血脂": "高脂血症", "中风": "卒中", "心梗": "心肌梗死",
}  # fmt: skip
_EVERYDAY_ENGLISH = {
    "heart attack": "myocardial infarction", "high blood pressure": "hypertension",
    "low blood pressure": "hypotension",
    "belly pain": "abdominal pain", "stomach ache": "abdominal pain", "stomachache": "abdominal pain",
    "shortness of breath": "dyspnea", "throwing up": "vomiting", "itching": "pruritus", "rash": "skin rash",
    "high fever": "fever", "joint pain": "arthralgia", "muscle pain": "myalgia", "tiredness": "fatigue",
    "hair loss": "alopecia", "nosebleed": "epistaxis", "convulsion": "seizure", "fit": "seizure",
}  # fmt: skip
EVERYDAY = {normalise(said): normalise(meant) for said, meant in (_EVERYDAY | _EVERYDAY_ENGLISH).items()}

# A name never crosses these; it may cross a comma (Neoplasms, Breast) or a slash.
_BREAK = re.compile(r"[.;:?!，。；：？！、\n()（）]")
_CUE = re.compile(
    r"\b(?:no(?:t (?:have|having|had|show|showing|present with))?|without|den(?:y|ies|ied|ying)|"
    r"absen(?:ce of|t)|lack(?:s|ing)?"
    r"(?: of)?|negative for|free of|never had|neither|nor|rul(?:es?|ed|ing) out|n['’]t (?:have|had)|excluded)\b"
    r"|没有|没|并?无|否认|未见|未诉|未发现|未出现|不伴有?|排除|不",
    re.IGNORECASE,
)
_NO_CUE = re.compile(r"有没有|是不是|能不能|会不会|不仅|不但|没有?关系|不良|不适|不同|无论|不论")
_AFTER = re.compile(
    r"\s*(?:(?:is|are|was|were|has been|have been) (?:absent|negative|excluded|ruled out|not present|"
    r"denied)\b|[:：]\s*(?:no|none|无|阴性)\b"
    r"|阴性|已排除|被排除)",
    re.IGNORECASE,
)
# What may stand between a negation and what it denies.
_CARRIED = words(
    "a an any the of or nor sign signs evidence history symptom symptoms significant obvious known recent "
    "prior current "
    "associated accompanying documented clear further ever been 明 显 出 现 任 何 过 伴 有 和 或 及 以 者 的 症 状 等"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A stretch of tokens that names entities; `via` is the word looked up where it is not what was written, `read` the
    reader's reason where no name was looked up."""

    first: int
    last: int
    start: int
    end: int
    entities: tuple[Entity, ...]
    via: str = ""
    read: str = ""


def understand(question: Question, graph: GraphStore, reader: Callable[[], Reader] | None = None) -> Understanding:
    """The question read against the graph and, where one is given, by `reader`, which is called for when it is needed.

    Raises what the graph and the opening of the reader raise.
    """
    text = question.text
    language = question.language or language_of(text) or "en"
    found = tokens(text)
    named = _named(text, found, graph, question.access)
    if reader is not None:
        mentions = reader().tag([text], language)[0]
        named = _joined(named, _read(text, found, mentions, graph, question.access))
    named = _with_namesakes(named, graph, question.access)
    asked = tuple(_asked(text, found, named))
    intent = intent_of(text, asked)
    return Understanding(language, intent, asked, _search_text(text, intent, asked))


def _named(text: str, found: Sequence[Token], graph: GraphStore, access: frozenset[str]) -> list[_Named]:
    """The longest names in the text from left to right; they do not overlap."""
    spans: dict[tuple[int, int], str] = {}
    for first in range(len(found)):
        longest = LONGEST["zh" if is_chinese(found[first].norm) else "en"]
        for last in range(first, min(first + longest, len(found))):
            if last > first and _BREAK.search(text, found[last - 1].end, found[last].start):
                break
            name = " ".join(token.norm for token in found[first : last + 1])
            # A gene may be called WAS: among words in small letters, capitals are meant.
            symbol = first == last and len(name) > 2 and _written(text, found[first]).isupper() and not text.isupper()
            if len(name) > 1 and (symbol or name not in ORDINARY):
                spans[first, last] = name
    wanted = set(spans.values())
    known = graph.named(wanted | {EVERYDAY[name] for name in wanted if name in EVERYDAY}, access=access)
    result, position = [], 0
    while position < len(found):
        for last in range(min(position + LONGEST["zh"], len(found)) - 1, position - 1, -1):
            name = spans.get((position, last), "")
            surface = text[found[position].start : found[last].end]
            entities, via = _meant(known.get(name, ()), surface), ""
            if not entities and name in EVERYDAY:
                entities, via = _meant(known.get(EVERYDAY[name], ()), surface), EVERYDAY[name]
            if entities:
                result.append(_Named(position, last, found[position].start, found[last].end, entities, via))
                position = last
                break
        position += 1
    return result


def _read(
    text: str, found: Sequence[Token], mentions: Sequence[Read], graph: GraphStore, access: frozenset[str]
) -> list[_Named]:
    """What a reader found and the graph holds: one stretch for all that a mention names."""
    spans: dict[tuple[int, int], _Named] = {}
    for mention in mentions:
        place = (mention.start, mention.end)
        if mention.entity is None or normalise(text[mention.start : mention.end]) in ORDINARY:
            continue
        covered = [at for at, token in enumerate(found) if token.start < mention.end and mention.start < token.end]
        try:
            entity = graph.entity(mention.entity, access=access)
        except UnknownEntity:
            continue
        if covered and entity.type != "Patient":
            others = spans[place].entities if place in spans else ()
            spans[place] = _Named(covered[0], covered[-1], *place, (*others, entity), read=mention.reason)
    return list(spans.values())


def _joined(named: Sequence[_Named], read: Sequence[_Named]) -> list[_Named]:
    """Both in order of place, none overlapping another: a name of the graph's stands where it is not only a part of
    what was read."""
    result = list(named)
    for span in read:
        overlapping = [other for other in result if other.first <= span.last and span.first <= other.last]
        if all(_within(other, span) for other in overlapping):
            result = [other for other in result if other not in overlapping] + [span]
    return sorted(result, key=lambda span: span.first)


def _within(part: _Named, whole: _Named) -> bool:
    longer = whole.last - whole.first > part.last - part.first
    return longer and whole.first <= part.first and part.last <= whole.last


def _with_namesakes(named: Sequence[_Named], graph: GraphStore, access: frozenset[str]) -> list[_Named]:
    """Add to each span the entities of the same type under the same preferred name.

    Vocabularies that nobody has mapped declare one disease each, and only some of them carry the Chinese name.
    """
    preferred = {normalise(entity.name) for span in named for entity in span.entities}
    known = graph.named(preferred, access=access)
    result = []
    for span in named:
        entities = {entity.id: entity for entity in span.entities}
        for own in span.entities:
            for other in known.get(normalise(own.name), ()):
                if other.type == own.type and normalise(other.name) == normalise(own.name):
                    entities.setdefault(other.id, other)
        result.append(replace(span, entities=tuple(entities.values())[: 2 * HOMONYMS]))
    return result


def _written(text: str, token: Token) -> str:
    return text[token.start : token.end]


def _meant(entities: Sequence[Entity], surface: str) -> tuple[Entity, ...]:
    """The entities that `surface` can mean, those that have it as preferred name first.

    A gene symbol counts only as symbols are written: `was` and `set` are words, WAS and SET are genes.
    """
    key = normalise(surface)
    possible = [
        entity
        for entity in entities
        if entity.type != "Patient" and (entity.type != "Gene" or not surface.islower() or " " in surface)
    ]
    possible.sort(key=lambda entity: (normalise(entity.name) != key, entity.type == "Gene", entity.id))
    return tuple(possible[:HOMONYMS])


def _asked(text: str, found: Sequence[Token], named: Sequence[_Named]) -> list[AskedEntity]:
    inside = {index for span in named for index in range(span.first, span.last + 1)}
    asked: dict[tuple[str, bool], AskedEntity] = {}
    for span in named:
        surface = text[span.start : span.end]
        denied = _denied(text, found, inside, span)
        for entity in span.entities:
            negated = denied and entity.type in ("Phenotype", "Disease", "Measurement")
            reason = _reason(surface, entity, span)
            asked.setdefault(
                (entity.id, negated), AskedEntity(entity.id, entity.type, entity.name, surface, negated, reason)
            )
    return list(asked.values())


def _reason(surface: str, entity: Entity, span: _Named) -> str:
    name = span.via or normalise(surface)
    if span.read:
        reason = f"'{surface}' is read as {entity.name} ({entity.id}): {span.read}"
    elif span.via:
        reason = f"'{surface}' is an everyday word for '{span.via}', a name of {entity.name} ({entity.id})"
    elif normalise(entity.name) == name:
        reason = f"'{surface}' is the preferred name of {entity.name} ({entity.id})"
    elif all(normalise(synonym.text) != name for synonym in entity.synonyms):
        reason = f"'{surface}' is a name of another {entity.name}, whose preferred name {entity.id} shares"
    else:
        reason = f"'{surface}' is a synonym of {entity.name} ({entity.id})"
    others = [f"{other.name} ({other.type}, {other.id})" for other in span.entities if other.id != entity.id]
    return f"{reason}; ambiguous, also {'; '.join(others)}" if others else reason


def _denied(text: str, found: Sequence[Token], inside: set[int], span: _Named) -> bool:
    """Whether the question denies what the span names: a cue before it with nothing between but other findings of the
    same list and words such as `any`, or a verdict right after it."""
    if _AFTER.match(text, span.end):
        return True
    earliest = max(0, span.start - REACH)
    begin = max((m.end() for m in _BREAK.finditer(text, earliest, span.start) if m.group() != "、"), default=earliest)
    harmless = [match.span() for match in _NO_CUE.finditer(text, begin, span.end)]
    for cue in reversed(list(_CUE.finditer(text, begin, span.start))):
        if any(start <= cue.start() < end for start, end in harmless):
            continue
        if cue.group() == "不" and cue.end() != span.start:
            continue
        first = bisect_left(found, cue.end(), key=lambda token: token.start)
        between = range(first, span.first)
        if any(index not in inside and found[index].norm not in _CARRIED for index in between):
            continue
        gap = text[cue.end() : span.start]
        if "," in gap:
            # "no fever, rash or cough" denies three things, "no fever, rash" one: the list must be closed by `or`.
            clause = re.split(r"[.;?!]|\bbut\b|\band\b|\bwith\b", text[cue.end() :], maxsplit=1, flags=re.IGNORECASE)[0]
            return re.search(r"\b(?:or|nor)\b", clause, re.IGNORECASE) is not None
        return True
    return False


def _search_text(text: str, intent: str, asked: Sequence[AskedEntity]) -> str:
    if not is_chinese(text):
        return text
    names = list(dict.fromkeys(entity.name for entity in asked if not is_chinese(entity.name)))
    if not names:
        return text
    return " ".join([text, *names, *([ENGLISH_WORDS[intent]] if intent in ENGLISH_WORDS else [])])

"""The step that answers yes, no or maybe by what studies conclude, where the question asks whether something is so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.pages import page
from qa.asked.whether import asks_whether
from qa.evidence.bundle import Part, Piece
from qa.evidence.kinds import ToldEvidence
from qa.evidence.passage import PassageEvidence, study
from qa.evidence.reasons import Ranking
from qa.evidence.typed import Typed, Verdict
from qa.steps.asking import Asking
from qa.steps.concerning import Thing, concerned
from qa.steps.passages import asked_text, search_text, things_asked
from qa.steps.wanted import PROTOCOL
from qa.verdicts.concluding import BOILERPLATE, concluding
from qa.verdicts.features import READ, nearest
from qa.verdicts.findings import Findings, Leaning
from retrieval.model import Hit, Passage
from text.names import is_chinese, normalise
from text.words import content_words, stemmed

HITS = 10
STUDIES = 4
"""So many documents are judged at most."""
COVERED, COVERED_ACROSS = 0.55, 0.45
"""A study is about a question whose content words it holds to this share; of a question in another language fewer."""
NEAR, COVERED_NEAR = 4.0, 0.3
"""One as near in meaning as this need not hold so many."""
QUOTED = 450
"""Characters of a conclusion that are quoted at most."""
BESIDE = 0.85
"""Another study counts beside the nearest if it holds this share of what that holds."""
CONTRARY = 0.5
"""Studies that differ leave it open, where the weaker side has this share of the stronger."""
_MUCH = 1500
"""Characters of a document that are its abstract, where no section is called so."""
_ASIDE = re.compile(
    r"(?:研究|综述|试验|证据|文献|随机\w*研究)?(?:的)?(?:结论|结果|证据)?(?:是什么|如何|怎么说|怎么样|怎样)\W*$|"
    r"\bwhat (?:do|does|did) (?:the )?(?:stud\w+|trials?|evidence|research|reviews?) (?:say|show|find|conclude)\W*$",
    re.IGNORECASE,
)
"""What is said beside the question itself."""
_ANY = re.compile(
    r"\bany (?:\w+ ){0,3}(?:gain|benefit|effect|difference|advantage|improvement|harm|risk|role)\b|"
    r"[:：;–—-]\s*(?:do|does|did|can|could|is|are|was|were|will|would|may|might|has|have|should) |"
    r"有没有(?:效|用|影响|帮助)",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\b(?:what|which|how|why|who|whom|when|where)\b|哪|什么|怎么|如何|怎样|多少|"
    r"\b(?:better|worse|more|less|\w{3,}er) (?:\w+ ){0,4}or\b|还是(?!.*吗)",
    re.IGNORECASE,
)
_OF_A_STUDY = re.compile(
    r"\bsignificant(?:ly)?\b|\bp ?[<=>] ?0?\.\d|\brandomi[sz]ed\b|\bconclu(?:sions?|ded?)\b|\b(?:results?|methods?)\b|"
    r"\b(?:patients|subjects|participants|volunteers|rats|mice|cells) (?:were|was|received|with)\b|"
    r"\bwe (?:found|report\w*|stud\w+|conclude|describe|review\w*|compared|investigated|suggest)\b|\bmeta-analysis\b|"
    r"\b(?:our|these|the present|this|controlled|clinical|available) (?:\w+ )?"
    r"(?:results|findings|study|studies|data|trials?|"
    r"review|article|paper)\b|结论|结果|研究|患者",
    re.IGNORECASE,
)
_ASKING = stemmed(
    "get got people person patient patients one conclude pooled trial trials study studies review evidence any really "
    "actually today day days week weeks months compared add adding give giving given use used using help helps lasting"
)
"""Words of a question that a study about it need not hold."""
_OF_SOMEBODY = re.compile(
    r"\b(?:I|I'm|my|me|mine|myself|son|daughter|wife|husband|mum|mom|dad|kid)\b|"
    r"\b(?i:pregnan\w*|breast-?feed\w*|lactat\w*|nursing|e?gfr|creatinine|dialysis|allerg\w*|overdose\w*|take|taking)\b|"
    r"我|妈|爸|孩子|宝宝|老人家|能吃|可以吃|能用|可以用|能不能[吃用服]|服用|怀孕|孕妇|孕期|妊娠|哺乳|肌酐|透析|过敏|同吃|一起吃"
)
"""Who asks for somebody, or whether something may be taken, is not answered by what a study found in others: that is
for what warns."""
_LEAST = 2
"""What tells of a study must stand so often in a text."""
_WORDS: dict[Verdict, tuple[str, str]] = {
    "yes": ("Yes", "是"),
    "no": ("No", "否"),
    "maybe": ("Unclear", "尚不明确"),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the words and things that a study of it names, and what was searched for."""

    text: str
    words: frozenset[str]
    things: tuple[Thing, ...]
    searched: str

    @property
    def least(self) -> float:
        return COVERED_ACROSS if is_chinese(self.text) else COVERED


@dataclass(frozen=True, slots=True)
class _Study:
    """A document, how near it is to the question, how it answers, and the sentence that says so."""

    hit: Hit
    near: float
    leaning: Leaning
    quoted: PassageEvidence


def studied(asking: Asking) -> Part:
    """A verdict by the studies that are about the question, each with its own words; nothing where none is. Raises what
    graph and retrieval raise."""
    text = asked_text(asking)
    if asking.findings is None or asking.patient or asking.question.choices or not wants_verdict(text):
        return Part()
    if asking.question.using == "graph" or _OF_SOMEBODY.search(text) or _too_wide(asking, text):
        return Part()
    studies = _studies(asking, asking.findings, text)
    if not studies:
        return Part()
    verdict, told = _together(studies)
    shown: list[Piece] = [_told(verdict, told), *_beside(asking, text, told[0])]
    return Part(tuple(shown), typed=Typed("verdict", verdict=verdict), closes=True)


def _too_wide(asking: Asking, text: str) -> bool:
    """Whether one word is asked of one thing, such as whether a drug is safe: a study finds that of some."""
    things = things_asked(asking)
    own = {word for thing in things for word in content_words(thing.asked)}
    said = set(content_words(text)) - _ASKING
    return len(things) == 1 and not said <= own and len(said - own) <= 1


def wants_verdict(text: str) -> bool:
    """Whether a yes or no is asked for."""
    bare = _ASIDE.sub("", text)
    return (asks_whether(bare) or _ANY.search(bare) is not None) and _WHICH.search(bare) is None


def _studies(asking: Asking, findings: Findings, text: str) -> list[_Study]:
    """The studies about the question, nearest first."""
    searched = search_text(text, asking.understanding.entities, "")
    hits = asking.view.search(searched, HITS)
    things = things_asked(asking)
    about = concerned(hits, text, things, asking.view.graph, min(len(things), 1))
    words = _asked_words(asking, text, searched)
    best: dict[str, Hit] = {}
    for hit in hits:
        if about.get(hit.passage.document) and not PROTOCOL.search(hit.document.title):
            best.setdefault(hit.passage.document, hit)
    asked = _Asked(text, words, things, searched)
    judged = (_study(asking, findings, asked, hit) for hit in list(best.values())[:STUDIES])
    found = sorted((one for one in judged if one is not None), key=lambda one: -one.near)
    return [one for one in found if one.near >= BESIDE * found[0].near]


def _study(asking: Asking, findings: Findings, asked: _Asked, hit: Hit) -> _Study | None:
    """A document as a study of what is asked; None where it is none, or is about something else."""
    passages = _abstract(asking.view.whole(hit.passage.document))
    body = "".join(passage.text for passage in passages)
    near = _share(asked.words, asked.things, body)
    close = hit.parts.get("nearness", 0.0) >= NEAR and near >= COVERED_NEAR
    spans = concluding(body)[-READ:]
    told = passages[0].section if passages else "answer"
    if told == "answer" or len(_OF_A_STUDY.findall(body)) < _LEAST or not (close or near >= asked.least) or not spans:
        return None
    spoken = [body[start:end] for start, end in spans]
    leaning = findings.judge(asked.text, asked.words, spoken)
    place = _quoted(asked.words, spans, spoken)
    return _Study(hit, near, leaning, _evidence(hit, passages[0].start, body, place, asked.searched))


def _quoted(words: frozenset[str], spans: Sequence[tuple[int, int]], spoken: Sequence[str]) -> tuple[int, int]:
    """From the sentence nearest to the question to the end of the conclusion, where that is short; else that alone."""
    place, _, _ = nearest(words, spoken)
    start, end = spans[place]
    return (start, spans[-1][1]) if spans[-1][1] - start <= QUOTED else (start, end)


def _asked_words(asking: Asking, text: str, searched: str) -> frozenset[str]:
    """The content words that a text about the question holds: its own, of a Chinese one those in English."""
    text = _ASIDE.sub("", text)
    if not is_chinese(text):
        return frozenset(content_words(text)) - _ASKING
    words = content_words(asking.view.searcher.in_words(searched, asking.view.access))
    return frozenset(word for word in words if word.isascii()) - _ASKING or frozenset(words)


def _share(words: frozenset[str], things: Sequence[Thing], text: str) -> float:
    """The share of what is asked that a text holds; a thing that it names by any of its names it holds."""
    there = set(content_words(text))
    written = f" {normalise(text)} "
    for thing in things:
        if any(f" {form} " in written for form in thing.forms):
            there.update(content_words(thing.asked))
    return len(words & there) / len(words) if words else 0.0


def _abstract(passages: Sequence[Passage]) -> list[Passage]:
    """The passages of a document that sum it up: its abstract, else all of it where it is short, else its beginning."""
    own = [passage for passage in passages if passage.section.casefold().startswith("abstract")]
    if own or not passages:
        return own
    if passages[-1].end - passages[0].start <= 3 * _MUCH:
        return list(passages)
    return [passage for passage in passages if passage.start - passages[0].start < _MUCH]


def _together(studies: Sequence[_Study]) -> tuple[Verdict, list[_Study]]:
    """What the studies say together, and those to be told of: the nearest of the verdict, or one of each side."""
    sides = {"yes": 0.0, "no": 0.0}
    for one in studies:
        sides["yes"] += one.near * one.leaning.yes
        sides["no"] += one.near * one.leaning.no
    clear = {one.leaning.verdict for one in studies} - {"maybe"}
    if len(studies) == 1:
        return studies[0].leaning.verdict, [studies[0]]
    strong = max(sides["yes"], sides["no"])
    if len(clear) == 2 and min(sides["yes"], sides["no"]) >= CONTRARY * strong and len(studies) > 2:
        told = [next(one for one in studies if one.leaning.verdict == side) for side in ("yes", "no")]
        return "maybe", told
    open_in = sum(one.near for one in studies if one.leaning.verdict == "maybe")
    sure: Verdict = "yes" if sides["yes"] >= sides["no"] else "no"
    verdict: Verdict = "maybe" if open_in > sum(one.near for one in studies) / 2 else sure
    same = [one for one in studies if one.leaning.verdict == verdict]
    if not same:
        return studies[0].leaning.verdict, [studies[0]]
    return verdict, same


def _beside(asking: Asking, text: str, one: _Study) -> list[PassageEvidence]:
    """What else the study tells of the question, in the sentence that answers best."""
    names = {thing.asked: sorted(thing.forms) for thing in things_asked(asking)}
    for answer in asking.view.sentences(text, [one.hit], names, 4):
        sentence = answer.sentence
        apart = sentence.end <= one.quoted.start or one.quoted.end <= sentence.start
        if apart and answer.standing in ("result", "conclusion") and not BOILERPLATE.search(sentence.text):
            return [replace(one.quoted, text=sentence.text, start=sentence.start, end=sentence.end)]
    return []


def _told(verdict: Verdict, told: Sequence[_Study]) -> ToldEvidence:
    """The verdict with the words of the study nearest to the question, or of one on each side."""
    if verdict == "maybe" and {one.leaning.verdict for one in told} == {"yes", "no"}:
        english = "; ".join(f"{_WORDS[one.leaning.verdict][0].lower()} by {_cited(one, 'en')}" for one in told)
        chinese = "；".join(f"{_WORDS[one.leaning.verdict][1]}——{_cited(one, 'zh')}" for one in told)
        clauses = (f"Unclear, studies differ: {english}", f"尚不明确，各研究结论不一：{chinese}")
        return ToldEvidence("", (), clauses, texts=tuple(one.quoted for one in told))
    english, chinese = _WORDS[verdict]
    count = len(told)
    if count > 1:
        by = (f"by {count} studies; the nearest", f"{count}项研究一致，最相关的一项")
    else:
        by = ("by one study", "一项研究的结论")
    clauses = (f"{english}, {by[0]}: {_cited(told[0], 'en')}", f"{chinese}，{by[1]}：{_cited(told[0], 'zh')}")
    return ToldEvidence("", (), clauses, texts=tuple(one.quoted for one in told))


def _cited(one: _Study, language: str) -> str:
    """A study's own words, with where they stand, from when, and what kind of study it is."""
    document = one.hit.document
    kind = study(document.title, document.publication_types)[language == "zh"]
    year = str(document.year) if document.year else ""
    if language == "zh":
        parts = [one.quoted.source, f"{year}年" if year else "", kind]
        return f"“{one.quoted.text}”（{'，'.join(part for part in parts if part)}）"
    return f"“{one.quoted.text}” ({', '.join(part for part in (one.quoted.source, year, kind) if part)})"


def _evidence(hit: Hit, offset: int, body: str, place: tuple[int, int], query: str) -> PassageEvidence:
    start, end = place
    document = hit.document
    return PassageEvidence(
        id="",
        source=document.id,
        title=document.title,
        url=document.url or page(document.id),
        text=body[start:end].strip(),
        start=offset + start,
        end=offset + end,
        entities=hit.passage.entities,
        score=round(max(0.0, hit.parts.get("cosine", hit.score)), 4),
        ranking=Ranking(query=query, place=1, words=None, meaning=None, reading=None, cosine=hit.parts.get("cosine")),
        year=document.year,
        types=document.publication_types,
    )

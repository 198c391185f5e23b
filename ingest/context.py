"""What a sentence says about a mention: negated, how certain, and whose.

Negation is NegEx (Chapman 2001) through `negspacy`, with word lists of our own for both languages. Certainty and
experiencer follow ConText (Harkema 2009): a trigger before the mention, within its clause, sets the value.
`pipeline` puts them together as a spaCy pipeline over the spans in `doc.spans["mentions"]`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from graph.model import Certainty, Experiencer
from ingest.sentences import sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

VERSION = "context/1"
SPANS = "mentions"

_NEGATION_EN = {
    "pseudo_negations": [
        "no further", "not certain if", "not certain whether", "not necessarily", "without any further",
        "without difficulty", "without further", "might not", "may not", "not only", "no increase", "no change",
        "no change in", "no significant change", "no difference", "no significant difference", "gram negative",
        "not rule out", "not ruled out", "not been ruled out", "cannot be ruled out", "could not be ruled out",
        "cannot be excluded", "could not be excluded", "not excluded", "no interval change", "not to mention",
        "with or without", "no doubt", "without doubt", "not uncommon", "not infrequently", "not unlike",
    ],
    "preceding_negations": [
        "absence of", "absent", "denied", "denies", "denying", "no sign of", "no signs of", "no symptoms of", "not",
        "negative for", "no", "without", "doesn't", "don't", "didn't", "wasn't", "weren't", "isn't", "aren't",
        "cannot", "can't", "couldn't", "never", "without evidence of", "without signs of", "no evidence of",
        "no evidence for", "no history of", "no complaints of", "fails to reveal", "failed to reveal",
        "failed to show", "free of", "free from", "lack of", "lacked", "lacks", "never developed", "never had",
        "neither", "nor", "rules out", "ruled out", "excluded", "exclusion of", "none of",
    ],
    "following_negations": [
        "was not", "were not", "is not", "are not", "wasn't", "weren't", "was ruled out", "were ruled out",
        "was excluded", "were excluded", "was absent", "were absent", "is absent", "are absent", "not detected",
        "not observed", "not seen", "not found", "not present", "unlikely",
    ],
    "termination": [
        "although", "apart from", "aside from", "but", "except", "however", "nevertheless", "still", "though",
        "which", "who", "yet", "because", "since", "whereas", "while", "due to", "secondary to", "caused by",
        "cause of", "causes of", "in patients with", "in subjects with", "patients with", "associated with",
        "presented with", "presenting with", "with new", "instead", "rather than", ";", ":", "and had", "and has",
        "and was", "and were", "and is", "and presented", "only", "in the presence of", "than", "resulted in",
    ],
}  # fmt: skip

# With `spacy.blank("zh")` every character is a token, so these match inside words: what looks like a negation but is
# part of a word (无力 weakness, 无菌 aseptic, 不全 insufficiency, 非小细胞 non-small-cell) is listed as pseudo.
_NEGATION_ZH = {
    "pseudo_negations": [
        "无力", "无菌", "无性", "无脉", "无明显变化", "无变化", "不全", "不良", "不适", "不足", "不宁", "不安", "不孕",
        "不育", "不稳", "不清", "不整", "不齐", "不张", "不典型", "不排除", "不能排除", "不除外", "不能除外", "未排除",
        "未除外", "非小细胞", "非霍奇金", "非典型", "非甾体", "非酒精性", "不仅", "不但", "不只", "没有好转",
        "未见好转", "无好转", "无缓解", "未缓解", "没有缓解", "无改善", "未愈", "不愈", "无论", "不论", "不止", "不停",
        "不断",
    ],
    "preceding_negations": [
        "无", "没有", "没", "未见", "未发现", "未诉", "未有", "未出现", "未闻及", "未触及", "否认", "不伴", "不", "非",
        "排除", "除外", "未", "阴性", "缺乏", "并无",
    ],
    "following_negations": ["阴性", "已排除", "被排除", "不明显", "未见", "未发现", "(-)", "（-）"],
    # The comma ends a clause; what is listed together is joined by 、 instead.
    "termination": ["，", ",", "；", "但", "但是", "然而", "不过", "却", "而", "出现", "伴有", "因为", "由于"],
}  # fmt: skip

# Longest first where one contains another: the first that is found nearest to the mention decides.
_FAMILY = re.compile(
    r"\b(?:family history|familial history|(?:his|her|their|the patient'?s) (?:mother|father|brother|sister|parents?|"
    r"siblings?|aunt|uncle|grandmother|grandfather|cousin|son|daughter)|mother|father|brother|sister|grandmother|"
    r"grandfather|maternal|paternal (?:aunt|uncle|grand\w+)|relatives?)\b"
    r"|家族史|家族中|父亲|母亲|哥哥|姐姐|弟弟|妹妹|祖父|祖母|外祖|其父|其母|兄弟|姐妹",
    re.IGNORECASE,
)
_FAMILY_STOP = re.compile(
    r"\b(?:no|denies|negative) family history\b|\bmaternal (?:age|mortality|health)\b", re.IGNORECASE
)
_HISTORICAL = re.compile(
    r"\b(?:past (?:medical )?history|history of|h/o|previous(?:ly)?|prior|status post|s/p)\b|既往|病史|曾患|曾有|曾经",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|risk (?:of|for|factors? for)|at risk|screen(?:ed|ing)? for|to (?:prevent|exclude|rule out|evaluate for)|"
    r"prevention of|prophylaxis (?:of|for|against)|should|in case of|susceptib\w+ to|rule out|r/o|return (?:if|for))\b"
    r"|如果|如有|若|预防|风险|筛查|以排除|需排除|待排",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:possibl[ey]|probabl[ey]|suspected|suspicious|suspicion|likely|may|might|could|presumed|presumptive|consider|"
    r"suggest(?:s|ed|ing|ive)?|questionable|cannot be (?:ruled out|excluded)|not (?:been )?ruled out|differential)\b"
    r"|可能|疑似|疑|考虑|不排除|不能排除|不除外|不能除外|待查|倾向|似",
    re.IGNORECASE,
)
_POSSIBLE_AFTER = re.compile(
    r"^[^.,;，。；]{0,30}?(?:\b(?:is|was|are|were|cannot be|could not be|not) (?:suspected|possible|likely|ruled out|"
    r"excluded|considered)\b|可能|待排|待查|不排除|不能排除|不除外)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[.;:。；：，]|\b(?:but|however|although|whereas|while|who|which|because|now|currently|presents?|presented)\b|但|然而|现|目前",
    re.IGNORECASE,
)


@cache
def pipeline(language: str) -> Language:
    """A spaCy pipeline for `zh` or (anything else) English rules: sentences, then negation over the given spans."""
    import negspacy.negation  # noqa: F401  (registers the factory `negex`)
    import spacy
    from spacy.language import Language

    if not Language.has_factory("medgraph_sentences"):
        Language.component("medgraph_sentences", func=_mark_sentences)
    chinese = language == "zh"
    nlp = spacy.blank("zh" if chinese else "en")
    nlp.add_pipe("medgraph_sentences")
    nlp.add_pipe(
        "negex",
        config={"neg_termset": _NEGATION_ZH if chinese else _NEGATION_EN, "span_keys": [SPANS]},
    )
    return nlp


def _mark_sentences(doc: Doc) -> Doc:
    starts = {start for start, _ in sentences(doc.text)}
    token: Token
    for index, token in enumerate(doc):
        # Without its type stub a token's sentence mark reads as read-only.
        token.is_sent_start = index == 0 or token.idx in starts
    return doc


def certainty(text: str, start: int, end: int, sentence: tuple[int, int]) -> Certainty:
    """How certain the sentence is of the mention at `start`-`end` (offsets into `text`)."""
    before = _clause(text, start, sentence)
    if _HYPOTHETICAL.search(before):
        return "hypothetical"
    if _POSSIBLE.search(before) or _POSSIBLE_AFTER.search(text[end : min(sentence[1], end + 60)]):
        return "possible"
    if _HISTORICAL.search(before):
        return "historical"
    return "certain"


def experiencer(text: str, start: int, sentence: tuple[int, int]) -> Experiencer:
    """Whose the mention is, by the sentence up to it."""
    before = _clause(text, start, sentence)
    return "family" if _FAMILY.search(before) and not _FAMILY_STOP.search(before) else "patient"


def _clause(text: str, start: int, sentence: tuple[int, int]) -> str:
    """The text before the mention, back to the last end of a clause; at most 120 characters."""
    before = text[max(sentence[0], start - 120) : start]
    cut = 0
    for match in _CLAUSE_END.finditer(before):
        cut = match.end()
    return before[cut:]


def negated(text: str, spans: list[tuple[int, int]], language: str) -> list[bool]:
    """For each (start, end) in `text`, whether NegEx finds it negated; `text` is a few thousand characters long."""
    nlp = pipeline(language)
    doc = nlp.make_doc(text)
    made = [doc.char_span(start, end, alignment_mode="expand") for start, end in spans]
    doc.spans[SPANS] = [span for span in made if span is not None]
    doc = nlp(doc)
    flags = {(span.start, span.end): bool(span._.negex) for span in doc.spans[SPANS]}
    return [span is not None and flags[span.start, span.end] for span in made]

"""What speaks for a sentence as an answer, as numbers. Pure functions over what was asked and what was found.

Whatever depends on the encoder is measured against the sentences beside it, so that another encoder's cosines, which
lie higher or closer together, mean the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.answering.alike import Held, Term
from retrieval.answering.asked import Asked
from retrieval.answering.model import Standing
from retrieval.answering.standing import leans, puts_off

Matrix = NDArray[np.float64]

_NUMBER = re.compile(r"(?<![A-Za-z\d.-])\d+(?:[.,·]\d+)*(?![A-Za-z\d])|(?<=\D)\d+(?:\.\d+)?(?=%|mg|kg|ml)")
_WRITTEN = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|"
    r"eighty|ninety|hundred|half|third|quarter|twice|once|none|no patients?)\b|"
    r"[一二三四五六七八九十两半]+[个例名次天周月年小分]",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"%|％|\bpercent\b|\bper cent\b|百分之|\bof (?:the )?\d+|\d+/\d+")
_TIME = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|few)[- ]?(?:\d* ?)?(?:h|hr|hrs|hours?|"
    r"min|minutes?|"
    r"days?|weeks?|months?|years?|seconds?)\b|\d\s*(?:小时|天|日|周|个?月|年|分钟)|\bhours?\b|\bonset\b|\bduration\b",
    re.IGNORECASE,
)
_DOSE = re.compile(
    r"\d\s*(?:mg|mcg|µg|μg|microg|g|ml|iu|u|units?|mmol|mumol|毫克|微克|克|毫升)\b|\d\s*(?:mg|毫克)", re.IGNORECASE
)
_SIGNIFICANCE = re.compile(r"\bp\s*[<=>≤]\s*0?[.·]\d+|\b95\s*%\s*(?:ci|confidence)", re.IGNORECASE)
_NUMERALS = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)?(?![\w-])")
_COMPARED = re.compile(
    r"\b(?:than|versus|vs|compared (?:to|with)|comparable|similar|superior|inferior|difference|differ(?:ed|s)?|"
    r"equal(?:ly)?|"
    r"equivalent|more|less|fewer|higher|lower|greater|smaller|better|worse|as effective|whereas|while|both|"
    r"neither|only|"
    r"most|least|highest|lowest|best)\b|高于|低于|优于|差异|相比|较|比",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:increas|decreas|reduc|improv|prevent|prolong|inhibit|suppress|induc|elevat|enhanc|attenuat|associat|"
    r"effect|affect|"
    r"change|rise|rose|fell|fall|lower|higher|block|restor|revers|unchanged|resolv|produc|caus|no significant|not )",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|due to|caused? by|owing to|result(?:s|ed|ing)? (?:from|in)|attributed|attributable|lead(?:s|"
    r"ing)? to|led to|"
    r"explain|reason|responsible|mediated|via|through|by \w+ing|mechanism|thereby|since)\b|因为|由于|导致|引起|"
    r"所致|造成|通过",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:adverse|side effects?|toxic\w*|tolerat\w*|safe\w*|contra-?indicat\w*|withdr[ae]w\w*|discontinu\w*|"
    r"complication)|"
    r"不良|副作用|毒性|禁忌|安全",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;(] )\(?[A-Z][A-Za-z]*[\d-]*|\b[A-Z]{2,}\d*\b|\b\w+-\d+\b")

# A question, or what a patient tells in a dialogue: it is asked there, not answered.
_ASKS = re.compile(r"[?？]\W*$|[吗呢么][。，\s]*$|^\W*(?:患者|病人|问|家长|patient|question|q)\s*[:：]", re.IGNORECASE)

STANDINGS: tuple[Standing, ...] = ("title", "aim", "background", "method", "conclusion")
EXPECTED: dict[str, int] = {
    # its words
    "words": 1, "words_best": 1, "words_here": 1, "words_near": 1, "words_leaning": 1, "focus": 1, "focus_best": 1,
    "numbers_asked": 1,
    # its meaning
    "cosine": 1, "cosine_here": 1, "cosine_beyond": 1, "cosine_apart": 1,
    # where it stands
    "title": -1, "aim": -1, "background": -1, "method": -1, "conclusion": 0, "first": -1,
    # what is asked, met by what is there
    "number_has": 1, "number_many": 1, "percent_has": 1, "time_has": 1, "dose_has": 1, "compared_has": 1,
    "effect_has": 1, "harm_has": 1, "cause_has": 1, "names_has": 1, "whether_conclusion": 1, "keywords_number": 1,
    "method_method": 1,
    # how it speaks
    "puts_off": -1, "asks": -1, "short": -1, "long": -1,
    # its passage and document
    "passage_rank": 1, "passage_cosine": 1, "document_words": 1,
}  # fmt: skip
"""The features in the order of the columns, and of which sign the weight of each may be: 1 speaks for a sentence, -1
against it, 0 either. Few questions teach the weights, and a sign that makes no sense would be chance."""
NAMES: tuple[str, ...] = tuple(EXPECTED)
MEANING = ("cosine", "cosine_here", "cosine_beyond", "cosine_apart")
"""Those that hang on vectors of sentences."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence to be judged. `document` numbers its document, `place` itself within it from 0; `rank` is that of its
    passage from 1. `cosine` is that of the sentence to the question, `beyond` the same less what both share with the
    document's title, `apart` that of what is left of both without the title, `passage_cosine` that of its passage or 0.
    """

    text: str
    words: frozenset[str]
    document: int
    place: int
    standing: Standing
    rank: int
    cosine: float
    beyond: float
    apart: float
    passage_cosine: float


def features(asked: Asked, terms: Sequence[Term], rows: Sequence[Row]) -> Matrix:
    """float64 of shape (len(rows), len(NAMES)). Rows of a document stand together, in its order."""
    shares = np.array(Held(terms, [row.words for row in rows]).shares, np.float64).reshape(len(rows), len(terms))
    documents = np.array([row.document for row in rows])
    columns = _wording(shares, rows, documents) | _meaning(rows, documents)
    for one in STANDINGS:
        columns[one] = np.array([row.standing == one for row in rows])
    columns |= _kinds(asked, rows)
    columns["passage_rank"] = np.array([1 / (1 + row.rank) for row in rows])
    columns["passage_cosine"] = _standard(np.array([row.passage_cosine for row in rows]))
    return np.stack([np.asarray(columns[name], np.float64) for name in NAMES], axis=1)


def _wording(shares: Matrix, rows: Sequence[Row], documents: NDArray[np.int64]) -> dict[str, Matrix]:
    """How much of the question's weight a sentence bears: among all, within its document, with the one before it."""
    words = _share(shares, _weights(shares))
    here, near, leaning, focus, whole = np.zeros((5, len(shares)))
    for document in np.unique(documents):
        own = [index for index, its in enumerate(documents) if its == document]
        its = shares[own]
        weights = _weights(its)
        here[own] = _share(its, weights)
        with_before = np.maximum(its, np.vstack([its[:1] * 0, its[:-1]]))
        near[own] = _share(with_before, weights)
        leaning[own] = np.where([leans(rows[i].text) for i in own], near[own], here[own])
        # What the title says, the whole document is about: the rest of the question is what is asked of it.
        topic = its[[rows[i].standing == "title" for i in own]].max(0, initial=0)
        focus[own] = _share(its, weights**2 * (1 - topic) + 1e-9)
        whole[own] = _share(its.max(0, keepdims=True), _weights(shares))[0]
    return {
        "words": words,
        "words_best": words >= words.max(initial=0) - 1e-9,
        "words_here": here - _best_of(here, documents),
        "words_near": near,
        "words_leaning": leaning,
        "focus": focus,
        "focus_best": focus >= _best_of(focus, documents) - 1e-9,
        "document_words": whole,
    }


def _weights(shares: Matrix) -> Matrix:
    """What each term weighs: more, the fewer of these sentences hold it, and nothing where none does."""
    weights: Matrix = np.log(1 + (1 + len(shares)) / (1 + (shares > 0.5).sum(0))) * (shares > 0).any(axis=0)
    return weights


def _meaning(rows: Sequence[Row], documents: NDArray[np.int64]) -> dict[str, Matrix]:
    cosine = np.array([row.cosine for row in rows])
    spread = float(cosine.std())
    here = cosine - _best_of(cosine, documents)
    return {
        "cosine": _standard(cosine),
        "cosine_here": here / spread if spread > 1e-9 else np.zeros(len(rows)),
        "cosine_beyond": _standard(np.array([row.beyond for row in rows])),
        "cosine_apart": _standard(np.array([row.apart for row in rows])),
    }


def _kinds(asked: Asked, rows: Sequence[Row]) -> dict[str, Matrix]:
    """What is asked for, met by what is there."""
    kinds = asked.kinds
    columns: dict[str, list[float]] = {}
    for row in rows:
        text = row.text
        # The number of a test of significance is no answer.
        bare = _SIGNIFICANCE.sub("", text)
        numerals = _NUMBER.findall(bare)
        number = bool(numerals) or _WRITTEN.search(bare) is not None
        told = row.standing not in ("title", "aim", "method")
        met = {
            "number_has": "number" in kinds and number,
            "number_many": ("number" in kinds) * min(len(numerals), 6) / 6,
            "percent_has": "percent" in kinds and _PERCENT.search(bare) is not None,
            "time_has": "time" in kinds and _TIME.search(text) is not None,
            "dose_has": "dose" in kinds and _DOSE.search(text) is not None,
            "compared_has": "compared" in kinds and told and _COMPARED.search(text) is not None,
            "effect_has": "effect" in kinds and told and _EFFECT.search(text) is not None,
            "harm_has": "harm" in kinds and _HARM.search(text) is not None,
            "cause_has": bool(kinds & {"why", "how"}) and _CAUSE.search(text) is not None,
            "names_has": "which" in kinds and len(_NAME.findall(text)) > 1,
            "whether_conclusion": "whether" in kinds and row.standing == "conclusion",
            "keywords_number": "keywords" in kinds and number,
            "method_method": "method" in kinds and row.standing == "method",
            "numbers_asked": len(asked.numbers.intersection(_NUMERALS.findall(text))) / max(1, len(asked.numbers)),
            "puts_off": puts_off(text),
            "asks": _ASKS.search(text) is not None,
            "first": row.place == 0,
            "short": len(row.words) < 5,
            "long": max(0.0, math.log(max(1, len(row.words)) / 20)),
        }
        for name, value in met.items():
            columns.setdefault(name, []).append(float(value))
    return {name: np.array(values) for name, values in columns.items()}


def _share(shares: Matrix, weights: Matrix) -> Matrix:
    total = float(weights.sum())
    result: Matrix = shares @ weights / total if total else np.zeros(len(shares))
    return result


def _best_of(values: Matrix, documents: NDArray[np.int64]) -> Matrix:
    best = np.zeros(len(values))
    for document in np.unique(documents):
        own = documents == document
        best[own] = values[own].max()
    return best


def _standard(values: Matrix) -> Matrix:
    spread = float(values.std()) if len(values) else 0.0
    result: Matrix = (values - values.mean()) / spread if spread > 1e-9 else np.zeros(len(values))
    return result

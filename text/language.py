"""Languages: the codes that sources use, the language of a document, and that of a question.

A document is long, and one that is neither Chinese nor Japanese is taken as English where its source says nothing. A
question is short, most of it names of diseases and drugs that look alike in every European language, and it is
refused where it is in another language than English and Chinese: `of_question` refuses only what is told for sure.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Literal

from text.names import is_chinese, tokens
from text.words import folded

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SURE = 0.9
"""The probability from which a question in Latin letters is taken for one in another language than English."""

ENGLISH = folded(
    "a an the is are was were be been do does did can could should would may might will has have had what which who "
    "whom whose when where why how of in on at to for from with without by and or not no if than that this these "
    "those it its my your his her their our i you he she we they there any some between about after before during "
    "cause causes treat treats treatment drug drugs disease diseases symptom symptoms patient patients side effect "
    "effects safe take taking interact interaction"
)
"""Small words of English questions, in the form of `text.names`."""

# One of these makes a question English: no other language has them, and names of medicine do not either.
_ENGLISH_ALONE = folded(
    "the what which who whose when where why how does did should could would with without from these those this "
    "there their they your between about before during and any not treats treatment disease diseases symptom symptoms"
)
# Languages in Latin letters in which questions are told apart from English, ISO 639-1.
_LATIN = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "no", "da", "fi", "cs", "hu", "ro", "tr", "id", "vi"]

# French names that English keeps.
_BORROWED = re.compile(
    r"\b(?:caf[eé] au lait|cri[- ]du[- ]chat|tic douloureux|peau d['’]orange|grand mal|petit mal|torsades? de pointes|"
    r"mal de \w+|d[eé]j[aà] vu|jamais vu|folie [aà] deux|main en griffe|coup de sabre|tache noire)\b",
    re.IGNORECASE,
)

# What makes a question Chinese even when most of it is Latin letters (drug and gene names).
_CHINESE_GLUE = re.compile(r"[的吗呢什怎如何哪是有会能可用和与吃治对]")
_KANA = re.compile("[\u3041-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")


def two_letters(code: str) -> str:
    """A language code as ISO 639-1: `chi`, `zho`, `ZH` and `zh-CN` give `zh`. A code without one stays as it is.

    ISO 639-2, bibliographic and terminological, as MEDLINE has them, and withdrawn codes are known to `langcodes`.
    """
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    word = re.split("[-_]", code.strip().lower(), maxsplit=1)[0]
    try:
        return Language.get(word).language or word
    except LanguageTagError:
        return word


def of_text(text: str) -> str:
    """`zh` where Chinese characters are a third of the first 2,000 letters or more (`ja` with kana), else `en`."""
    head = text[:3000]
    kana = len(_KANA.findall(head))
    if not kana and not is_chinese(head):
        return "en"
    letters = _LETTER.findall(head)[:2000]
    chinese = sum(is_chinese(letter) for letter in letters)
    # An English abbreviation takes several letters where Chinese takes one character, hence a third and no half.
    if 3 * (chinese + kana) < len(letters):
        return "en"
    return "ja" if 10 * kana > len(letters) else "zh"


def of_question(text: str) -> Literal["en", "zh"] | None:
    """The language of a question; None where it is neither. A text without a letter counts as `en`."""
    scripts = Counter(_script(character) for character in text if character.isalpha())
    total = scripts.total()
    if not total:
        return "en"
    chinese, latin = scripts["CJK"], scripts["LATIN"]
    if scripts["HIRAGANA"] + scripts["KATAKANA"] >= max(2, chinese // 5):
        return None
    if (total - chinese - latin - scripts["KANA"]) / total > 0.3:
        return None
    if not chinese:
        return "en" if _reads_as_english(text) else None
    english = sum(word in ENGLISH for word in _words(text))
    glued = _CHINESE_GLUE.search(text) is not None
    return "zh" if chinese >= 2 * english or (glued and chinese > english) else "en"


def _reads_as_english(text: str) -> bool:
    """Whether a text in Latin letters is not, for sure, in another language.

    The probability is that of langid.py (Lui & Baldwin 2012, "langid.py: An Off-the-shelf Language Identification
    Tool"), over `_LATIN`. It is asked only where no word is English alone, for its model takes a second to load.
    """
    if not _ENGLISH_ALONE.isdisjoint(_words(text)):
        return True
    rest = _BORROWED.sub(" ", text)
    if not any(character.isalpha() for character in rest):
        return True
    language, probability = _identifier().classify(rest)
    return bool(language == "en" or probability < SURE)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LATIN)
    return identifier


def _words(text: str) -> list[str]:
    """The words in other than Chinese letters, in the form of the lists."""
    return [token.norm for token in tokens(text) if not is_chinese(token.norm)]


def _script(character: str) -> str:
    if character < "\u0250":
        return "LATIN"
    word = unicodedata.name(character, "UNKNOWN").split(" ", 1)[0]
    if word.startswith("CJK"):
        return "CJK"
    # ＡＢＣ and mathematical letters are Latin letters written otherwise.
    return "LATIN" if word in ("FULLWIDTH", "MATHEMATICAL", "MODIFIER", "MICRO") else word

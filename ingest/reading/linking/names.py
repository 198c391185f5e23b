"""Names as keys: the forms in which two spellings of one name are equal, from strict to loose. Pure functions.

Three keys, each looser than the one before:

* `squashed`: the words in their order, singular, folded, nothing between them ("5-HT" = "5HT", "tumours" = "tumor");
* `signature`: the different words in alphabetical order, without words that name nothing ("Failure, Renal" = "renal
  failure", "carcinoma of the breast" = "breast carcinoma");
* `rooted`: the signature of the words' roots ("hypertensive" = "hypertension", "nephrotoxic" = "nephrotoxicity").

What is folded: case, width, compatibility forms, accents, Greek letters, British spelling (ae, oe, ou, sulph), plurals,
Roman numerals. Keys are made of the same rules on both sides, so that a rule need not be right, only harmless.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from text.remembered import remembered
from text.scripts import GREEK

# A run of letters with their marks, or a run of digits: "5HT1a" is 5, ht, 1, a.
_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
_POSSESSIVE = re.compile(r"['’ʼ＇]s?\b")
_EMPTIES = (
    "a an and as associated at by caused cause due during following for from in nec nos of on or other related the "
    "to type unspecified with"
)
_EMPTY = frozenset(_EMPTIES.split())
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13",
}  # fmt: skip
# After these a single letter is a number too: type I, factor V, factor X.
_NUMBERED = frozenset(
    ["type", "factor", "class", "grade", "stage", "group", "form", "subtype", "angiotensin", "phase", "complex"]
)
_SUBTYPE = re.compile(r"(i{1,3}|iv|vi{0,3}|ix|x)([a-e])")
"""A Roman number with a letter, as subtypes have it: IIA."""
_LETTER = {"i": "1", "v": "5", "x": "10"}
_AMERICAN = (("sulph", "sulf"), ("aluminium", "aluminum"), ("ae", "e"), ("oe", "e"), ("isation", "ization"))
_OUR = re.compile(r"(?<=[a-z]{2})our(?=$|[a-z])")
# Endings of one family of words, longest first; what is left is the root.
_FAMILIES = (
    "ization izing ized ational ation ations ating ated ate atous atosis atotic matosis matous icity ically ical "
    "ic icities ious eous ous osis otic otically oses esis etic eses asis atic ism ismic istic ist ity ities ness "
    "itis itic iasis iatic ia iac ias ian iform ion ional ions ive iveness ively ant ance ancy ent ence ency "
    "ential al ally ar ary ory oid oidal oma omas omata omatous ing ed er ers es s y ies e a um us i on emia emic "
    "uria uric ectomy pathy pathic pathies plegia plegic genic genesis genicity genetic epsy eptic ea eic eal in "
    "ine"
)
_ENDINGS = tuple(sorted(_FAMILIES.split(), key=lambda ending: (-len(ending), ending)))
# Endings that carry a meaning of their own: the part that stays.
_KEPT = {
    "emia": "em", "emic": "em", "uria": "ur", "uric": "ur", "pathy": "path", "pathic": "path", "pathies": "path",
    "plegia": "pleg", "plegic": "pleg", "genic": "gen", "genesis": "gen", "genicity": "gen", "genetic": "gen",
    "epsy": "ep", "eptic": "ep", "ectomy": "ectom", "oma": "om", "omas": "om", "omata": "om", "omatous": "om",
    "matosis": "mat", "matous": "mat", "itis": "it", "itic": "it", "ine": "in", "in": "in",
}  # fmt: skip
_LEAST_ROOT = 4


def words(name: str) -> tuple[str, ...]:
    """The folded words of `name` in their order, each singular; numbers are words."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name)).casefold()
    if not plain.isascii():
        plain = "".join(f" {GREEK[c]} " if c in GREEK else c for c in plain if not unicodedata.combining(c))
    folded: list[str] = []
    for match in _WORD.finditer(plain):
        word = match.group()
        if word in _ROMAN:
            word = _ROMAN[word]
        elif folded and folded[-1] in _NUMBERED:
            if subtype := _SUBTYPE.fullmatch(word):
                folded.append(_ROMAN.get(subtype[1]) or _LETTER[subtype[1]])
                word = subtype[2]
            word = _LETTER.get(word, word)
        folded.append(_singular(word))
    return tuple(folded)


def squashed(folded: tuple[str, ...]) -> str:
    """The strict key of `words`."""
    return "".join(folded)


def signature(folded: tuple[str, ...]) -> tuple[str, ...]:
    """The different words that name something, sorted; all of them where none does."""
    return tuple(sorted({word for word in folded if word not in _EMPTY} or set(folded)))


def rooted(folded: tuple[str, ...]) -> tuple[str, ...]:
    """The roots of `signature`, sorted."""
    return tuple(sorted({root(word) for word in signature(folded)}))


@remembered(100_000)
def root(word: str) -> str:
    """The part of `word` that its family shares; the word itself where it is short or a number."""
    if len(word) <= _LEAST_ROOT or word.isdecimal():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending):
            rest = word[: -len(ending)] + _KEPT.get(ending, "")
            if len(word) - len(ending) >= _LEAST_ROOT:
                return rest[:-1] + "s" if rest.endswith("t") and ending in ("ion", "ional", "ive") else rest
    return word


@remembered(100_000)
def _singular(word: str) -> str:
    for british, american in _AMERICAN:
        if british in word:
            word = word.replace(british, american)
    if "our" in word:
        word = _OUR.sub("or", word)
    if len(word) <= 3 or not word.endswith(("s", "mata")):
        return word
    if word.endswith("mata"):
        return word[:-2]
    if word.endswith(("ss", "us", "is", "ous")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("oses", "eses", "ases", "yses", "ises")) and len(word) > 6:
        return word[:-2] + "is" if word.endswith(("oses", "eses", "yses")) else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 4 or word.endswith(("rs", "ts", "ds", "ns", "ms")) else word


def key(kind: str, value: str | tuple[str, ...]) -> int:
    """64 bits that stand for `value` among the keys of one `kind`."""
    text = value if isinstance(value, str) else " ".join(value)
    return int.from_bytes(hashlib.blake2b(f"{kind}\x1f{text}".encode(), digest_size=8).digest(), "little")

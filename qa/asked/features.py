"""What a trained router sees of a question: hashed words and neighbours of words, with the kinds of things in the place
of their names, and the kinds with how many of each (Weinberger 2009, arXiv:0902.2206); and the text that an encoder is
to read, with the kinds in words.

Names stand for nothing in themselves, so that "mechanism of X" is learnt once for every X. A drug whose name nothing
here bears stays as it is written; then the words around it must do.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.asked.rules import surfaces
from qa.model import AskedEntity
from text.names import is_chinese
from text.scripts import simplified_each

Floats = NDArray[np.float32]
BUCKETS = 1 << 16
PAIR, THREE, APART, PART, CHARACTER, KIND = 1.0, 0.5, 0.4, 0.6, 0.5, 0.2
"""What counts beside a word, which is 1: a pair of neighbours, three, two with one between, the beginning or the end
of a word, a Chinese character; and each kind that is named beside all words together."""
_LONGEST = 1000
"""Characters that are read of a question."""
_KINDS = {
    "Drug": "‹drug›",
    "Disease": "‹cond›",
    "Phenotype": "‹cond›",
    "Gene": "‹gene›",
    "Protein": "‹gene›",
    "Variant": "‹gene›",
    "Measurement": "‹test›",
    "Procedure": "‹test›",
}
_PLAIN = {
    "‹drug›": ("the drug", "某药"),
    "‹cond›": ("the disease", "某病"),
    "‹gene›": ("the gene", "某基因"),
    "‹test›": ("the test", "某检查"),
    "‹code›": ("the code", "某编码"),
}
_CLASSES = ("ATC:", "MEDGRAPH:group-", "ANSM:class-", "WHO:class-")
"""The ids of classes of drugs, which a question may name as it names a drug."""
_TOKEN = re.compile(r"‹[a-z]+›|[a-z]+(?:'[a-z]+)?|\d+|[\u3400-\u9fff]|[?+*/=:.]")
_FOLD = str.maketrans(
    {chr(c): chr(c + 32) for c in range(65, 91)} | {"’": "'", "‘": "'", "？": "?", "：": ":", "＋": "+"}
)
_CODE = re.compile(r"\b(?:[a-z]\d{2}(?:\.\d+)?|(?:omim|mim|hp|mondo|orpha|doid|mesh|umls)\s?:?\s?[cd]?\d{3,})\b")
_STUDY_YEAR = re.compile(r"(?:19|20)\d\d")


def features(text: str, entities: Sequence[AskedEntity]) -> tuple[NDArray[np.int64], Floats]:
    """The buckets (N) of a question that names `entities` and what each weighs (N)."""
    forms = _forms(_masked(text[:_LONGEST], entities))
    counted: dict[str, float] = {}
    for name, weight in _grams(forms):
        counted[name] = max(weight, counted.get(name, 0.0))
    length = sum(weight * weight for weight in counted.values()) ** 0.5 or 1.0
    kinds = list(_kinds(entities, len(forms)))
    weights = [*(weight / length for weight in counted.values()), *[KIND] * len(kinds)]
    buckets = [zlib.crc32(name.encode()) % BUCKETS for name in (*counted, *kinds)]
    return np.array(buckets, np.int64), np.array(weights, np.float32)


def plain(text: str, entities: Sequence[AskedEntity]) -> str:
    """The question with `the drug`, `某药` and so on in the place of names, as an encoder is to read it."""
    masked, chinese = _masked(text[:_LONGEST], entities), is_chinese(text)
    for kind, words in _PLAIN.items():
        masked = masked.replace(kind, words[chinese])
    return ("" if chinese else " ").join(masked.split())


def _masked(text: str, entities: Sequence[AskedEntity]) -> str:
    """The text in lower case with the kinds of what it names in the place of the names, the longest first."""
    folded = simplified_each(text.translate(_FOLD))
    kind_of = {one.surface: kind for one in entities if one.surface and (kind := _kind(one))}
    for surface in sorted(kind_of, key=len, reverse=True):
        name = re.escape(simplified_each(surface.translate(_FOLD)))
        latin = not is_chinese(surface)
        pattern = rf"(?<![a-z0-9‹]){name}(?![a-z0-9›])" if latin else name
        folded = re.sub(pattern, f" {kind_of[surface]} ", folded)
    return _CODE.sub(" ‹code› ", folded)


def _kind(entity: AskedEntity) -> str:
    """What stands for it; nothing for what may be a word of the question itself: `vaccine`, `incidence`."""
    return "‹drug›" if entity.id.startswith(_CLASSES) else _KINDS.get(entity.type, "")


def _forms(text: str) -> list[str]:
    return [
        ("‹year›" if _STUDY_YEAR.fullmatch(form) else "#") if form[0].isdigit() else form
        for form in _TOKEN.findall(text)
    ]


def _grams(forms: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Words, their neighbours to the right up to three in all, and the beginnings of long words, which survive a slip
    of the finger, each with its weight. Of things in a row one counts: how many there are is told apart."""
    listed = [form for at, form in enumerate(forms) if at == 0 or form != forms[at - 1] or form[0] != "‹"]
    framed = ["^", *listed, "$"]
    for at, form in enumerate(framed):
        yield form, CHARACTER if is_chinese(form) else 1.0
        if form[0].isalpha() and form.isascii() and len(form) > 4:
            yield f"{form[:4]}*", PART
            yield f"*{form[-4:]}", PART
        if at + 2 <= len(framed):
            yield " ".join(framed[at : at + 2]), PAIR
        if at + 3 <= len(framed):
            yield " ".join(framed[at : at + 3]), THREE
            yield f"{form} _ {framed[at + 2]}", APART


def _kinds(entities: Sequence[AskedEntity], length: int) -> Iterator[str]:
    """Which kinds are named and how many of each, up to three, and how long the question is."""
    for kind in dict.fromkeys(_KINDS.values()):
        yield f"{kind} {min(3, len(surfaces([one for one in entities if _kind(one) == kind])))}"
    yield f"length {next((bound for bound in (1, 3, 8, 16, 32) if length <= bound), 64)}"

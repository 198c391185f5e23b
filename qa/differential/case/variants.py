"""The ways in which one name may be written: British or American, a pain by its quality, the place before or behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from text.names import is_chinese

_AMERICAN = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"aemi(?=a|c)", "emi"),
        (r"\boedema", "edema"),
        (r"rrhoea", "rrhea"),
        (r"pnoea", "pnea"),
        (r"haem(?=[aiort])", "hem"),
        (r"haemo", "hemo"),
        (r"paraesth", "paresth"),
        (r"anaesth", "anesth"),
        (r"oesoph", "esoph"),
        (r"ischaem", "ischem"),
        (r"faec", "fec"),
        (r"tumour", "tumor"),
        (r"odour", "odor"),
        (r"colour", "color"),
        (r"coeliac", "celiac"),
        (r"leucocyt", "leukocyt"),
        (r"leucopen", "leukopen"),
        (r"generalis", "generaliz"),
        (r"localis", "localiz"),
        (r"labour", "labor"),
        (r"foet", "fet"),
        (r"goitre", "goiter"),
        (r"fibre", "fiber"),
        (r"orthopaed", "orthoped"),
        (r"gynaec", "gynec"),
        (r"caes", "ces"),
    )
)
_NOUNS = {
    "swollen": "swelling", "swell": "swelling", "puffy": "swelling", "painful": "pain", "sore": "pain", "hurt": "pain",
    "hurting": "pain", "aching": "pain", "ache": "pain", "achy": "pain", "tender": "tenderness", "stiff": "stiffness",
    "numb": "numbness", "tingling": "numbness", "itchy": "itching", "itch": "itching", "weak": "weakness",
    "red": "redness", "bleed": "bleeding", "pain": "pain", "swelling": "swelling", "tenderness": "tenderness",
    "stiffness": "stiffness", "numbness": "numbness", "itching": "itching", "weakness": "weakness",
    "redness": "redness", "bleeding": "bleeding", "discharge": "discharge", "rash": "rash", "lump": "lump",
    "cramp": "cramp",
}  # fmt: skip
_BEFORE = re.compile(r"(\w+) (?:in|of|on|over|around|from|to|at) (.+)")
_QUALITIES = re.compile(r"(?:[绞胀隐刺钝酸灼剧坠闷跳烧锐撕裂]|疼|搏动样?|针刺样?|刀割样?|烧灼样?|压榨样?)*[痛疼]")
_SWOLLEN = re.compile(r"肿胀|红肿|浮肿|肿大|肿")


def variants(name: str) -> Iterator[str]:
    """The other ways to write a normalised name, none of them the name itself; blanks part Chinese characters."""
    seen = {name}
    for other in _ways_chinese(name) if is_chinese(name) else _ways(name):
        if other and other not in seen:
            seen.add(other)
            yield other


def _ways(name: str) -> Iterator[str]:
    plain = name
    for british, american in _AMERICAN:
        plain = british.sub(american, plain)
    yield plain
    words = plain.split()
    if len(words) == 2:
        first, second = words
        if second in _NOUNS:
            yield f"{first} {_NOUNS[second]}"
        if first in _NOUNS:
            yield f"{second} {_NOUNS[first]}"
            yield f"{first} {second.removesuffix('s')}"
        if second.endswith(("ed", "ing")) or second in ("absent", "palpable", "high", "low"):
            yield f"{second} {first}"
    elif (match := _BEFORE.fullmatch(plain)) is not None and match[1] in _NOUNS:
        yield f"{match[2]} {_NOUNS[match[1]]}"


def _ways_chinese(name: str) -> Iterator[str]:
    """Pain by any quality is pain, however it is written; `部` and `处` of a place say nothing."""
    written = name.replace(" ", "")
    plain = _QUALITIES.sub("痛", written)
    bare = re.sub(r"(?<=[\u4e00-\u9fff])[部处区](?=[痛肿麻痒胀压])", "", plain)
    swollen = _SWOLLEN.sub("肿", bare)
    for way in (
        plain,
        bare,
        bare.replace("痛", "疼"),
        bare.replace("痛", "疼痛"),
        swollen,
        swollen.replace("肿", "肿胀"),
    ):
        yield " ".join(way)

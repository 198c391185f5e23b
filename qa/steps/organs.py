"""Which adverse effects are of an organ that a question names: "Does it harm the eyes?" names no effect."""

from __future__ import annotations

import re

_ORGANS = (
    (
        r"eyes?|vision|sight|眼|视力",
        r"eye|ocular|optic|vis(?:ual|ion)|retin|blind|cataract|glaucoma|cornea|kerat|conjunctiv",
    ),
    (r"ears?|hearing|耳|听力", r"ototox|hearing|deaf|tinnitus|vestibular|vertigo"),
    (r"liver|肝", r"liver|hepat|jaundice|transaminase|alanine aminotransferase|cholesta"),
    (r"kidneys?|肾", r"kidney|renal|nephr|creatinine|glomerul"),
    (r"heart|心", r"heart|cardi|arrhythm|tachycard|bradycard|torsade|palpitation|QT|atrial|ventricular"),
    (r"lungs?|肺", r"lung|pulmon|pneumon|respirat|alveol"),
    (r"stomach|胃", r"stomach|gastr|dyspep|peptic|ulcer|nausea|vomit"),
    (r"bones?|骨", r"bone|osteo|fractur"),
    (r"skin|皮肤", r"skin|rash|dermat|prurit|stevens|necrolysis|photosens|erythema"),
    (r"nerves?|神经", r"neuropath|neurit|paraesth|paresth|neurotox"),
    (r"muscles?|肌肉", r"muscle|myopath|myalg|rhabdomyol|myosit"),
    (r"blood|血液", r"anaem|anem|leuk?open|neutropen|thrombocyt|agranulocyt|pancytopen|aplast"),
    (r"thyroid|甲状腺", r"thyroid"),
    (r"hair|头发", r"alopec|hair"),
    (r"teeth|牙", r"tooth|teeth|dental"),
)  # fmt: skip
_HARMS = (
    r"\b(?:harm|damage|hurt|injur|affect|bad for|toxic (?:to|for))\w*\b[^?.]{{0,20}}\b(?:{0})\b"
    r"|[伤损害][害伤]?[^。？]{{0,4}}(?:{0})"
)
_TABLE = tuple((re.compile(_HARMS.format(asked), re.I), re.compile(effects, re.I)) for asked, effects in _ORGANS)


def harmed(text: str) -> re.Pattern[str] | None:
    """What matches the names of effects on the organ that a question asks to be harmed; None where it names none."""
    return next((effects for asked, effects in _TABLE if asked.search(text)), None)

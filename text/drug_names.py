"""The ingredients in the name of a preparation: `24 HR Metformin hydrochloride 500 MG Oral Tablet` is metformin.

The forms of names are those of RxNorm (https://www.nlm.nih.gov/research/umls/rxnorm/overview.html), dm+d and of
Chinese labels: ingredients with salts, then strength and dose form; a brand in square brackets; several ingredients
with a slash between.
"""

from __future__ import annotations

import re

_UNIT = (
    r"(?:mg|mcg|µg|μg|ug|g|kg|ml|l|iu|u|unt|unit|units|meq|mmol|mci|%|actuat|hr|h|dose|毫克|克|微克|毫升|单位|国际单位)"
)
_STRENGTH = re.compile(
    rf"\b\d[\d.,]{{0,30}}(?:\s?[-–]\s?\d[\d.]{{0,30}})?\s*{_UNIT}"
    rf"(?:\s?/\s?(?:\d[\d.]{{0,30}}\s*)?{_UNIT})?(?![a-z])",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:oral|mucosal|dry|topical|injectable|intravenous|subcutaneous|intramuscular|inhalation|inhalant|inhaler|nasal|ophthalmic|"
    r"hfa|otic|rectal|vaginal|transdermal|sublingual|buccal|tablets?|tabs?|capsules?|caps?|solution|suspension|injection|"
    r"syrup|cream|ointment|gel|lotion|patch(?:es)?|spray|drops?|powder|suppositor(?:y|ies)|syringe|pen|vial|ampoule|"
    r"auto-injector|pack|kit|system|foam|film|lozenge|chewable|disintegrating|dispersible|effervescent|"
    r"extended[- ]release|delayed[- ]release|modified[- ]release|immediate[- ]release|sustained[- ]release|"
    r"prolonged[- ]release|enteric[- ]coated|coated|release|metered|dose|prefilled|implant|"
    r"hfa|mdi|dpi|nebs?|nebuli[sz]er|odt|respimat|turbuhaler|diskus|ellipta|handihaler|retard|mr|ir|la|cd|xt|ds|"
    r"z-?pak|dose-?pak|product|preparation|dosage form|for|in|er|xr|sr|dr|ec|xl|cr|gits|oros|zok)\b.*$",
    re.IGNORECASE,
)
_CHINESE_FORM = re.compile(
    r"(?:注射用|(?:(?<=[^复][^方])(?:氯化钠|葡萄糖))?注射液|肠溶|缓释|控释|分散|咀嚼|泡腾|口服|吸入|外用|滴眼|片剂?|胶囊|颗粒|溶液|混悬液|糖浆|软膏|乳膏|凝胶|气雾剂|喷雾剂|"
    r"粉针|针剂?|栓|贴|滴剂|液)+$"
)
SALTS = (
    "hydrochloride", "hcl", "dihydrochloride", "hydrobromide", "sodium", "disodium", "potassium", "calcium",
    "magnesium", "sulfate", "sulphate", "phosphate", "acetate", "maleate", "besylate", "besilate", "mesylate",
    "mesilate", "tartrate", "bitartrate", "succinate", "fumarate", "citrate", "nitrate", "bromide", "chloride",
    "gluconate", "lactate", "monohydrate", "dihydrate", "trihydrate", "anhydrous", "hemihydrate", "propionate",
    "dipropionate", "furoate", "valerate", "carbonate", "medoxomil", "etexilate", "tromethamine", "pamoate",
    "decanoate",
)  # fmt: skip
_SALT = re.compile(rf" (?:{'|'.join(SALTS)}|succ|tart|na)$", re.IGNORECASE)
_NO_BASES = frozenset(("sodium", "ammonium", "hydrogen", "methyl"))
"""What no salt is a form of: its salts are different drugs."""
_CHINESE_SALT = re.compile(r"^(?:盐酸|硫酸|磷酸|马来酸|酒石酸|苯磺酸|琥珀酸|富马酸|枸橼酸|氢溴酸|甲磺酸|醋酸)")


def ingredients(name: str) -> tuple[tuple[str, ...], ...]:
    """For each ingredient of a preparation the names it may go by, the fullest first; empty where none is left.

    A salt stands with it and without it: potassium chloride is a drug, metformin hydrochloride is metformin.
    """
    bare = re.sub(r"\[[^\]]*\]|\{|\}|（[^）]*）|\((?:product|substance|medicinal product|clinical drug)\)", " ", name)
    return tuple(
        forms for part in re.split(r"\s/\s|\s\+\s|(?<=[a-z])/(?=[A-Za-z])| and ", bare) if (forms := _forms(part))
    )


def has_salts(name: str) -> bool:
    """Whether what is called `name` with a salt behind it is the same drug: warfarin sodium is warfarin."""
    return bool(name) and not _SALT.search(f" {name}") and name.casefold() not in _NO_BASES


def _forms(part: str) -> tuple[str, ...]:
    text = " ".join(_STRENGTH.sub(" ", part).split()).strip(" ,;-.")
    text = _FORM.sub("", text).strip(" ,;-.")
    text = _CHINESE_FORM.sub("", text).strip() or text
    if len(text) < 2:
        return ()
    forms = [text]
    while (shorter := _CHINESE_SALT.sub("", _SALT.sub("", forms[-1])).strip()) != forms[-1] and len(shorter) > 1:
        forms.append(shorter)
    return tuple(forms)

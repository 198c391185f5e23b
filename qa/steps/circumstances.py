"""For whom a drug is asked about, in the words of the question: age, pregnancy, kidney, liver, allergies, genotypes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from qa.drugs.person import Person
from qa.model import AskedEntity

_PREGNANT = re.compile(
    r"\bpregnan\w*|\bgestation\w*|\btrimesters?\b|\bexpecting a (?:baby|child)|妊娠|怀孕|孕妇|孕期|孕早期|孕", re.I
)
_FERTILE = re.compile(r"\bchild-?bearing\b|\bmay become pregnant\b|\btrying to conceive\b|育龄|备孕", re.I)
_LACTATING = re.compile(
    r"\bbreast-?\s?feeding\b|\bbreast-?feeds?\b|\blactati\w*|\bnursing (?:mother|wom)|哺乳|母乳|喂奶", re.I
)
_YEARS = re.compile(
    r"\b(\d{1,3})[- ]?(?:year|yr)s?[- ]?old\b|\b(\d{1,3}) ?(?:yo|y/o)\b|\baged? (?:of )?(\d{1,3})\b|(\d{1,3}) ?岁"
    r"|\b(\d{1,3}) years? of age\b|\b(?:child|boy|girl|kid|man|woman|patient|person) of (\d{1,3})\b",
    re.I,
)
_MONTHS = re.compile(r"\b(\d{1,2})[- ]?months?[- ]?old\b|(\d{1,2}) ?个?月大", re.I)
NEWBORN, INFANT, TODDLER, CHILD, ADOLESCENT, ELDERLY = 0.05, 0.95, 1.55, 11.05, 17.05, 80.05
"""Ages in years that stand for a word, which nobody would write as a number."""
_AGES = (
    (NEWBORN, re.compile(r"\bnewborns?\b|\bneonat\w+|新生儿", re.I)),
    (INFANT, re.compile(r"\binfants?\b|\bbab(?:y|ies)\b|婴儿|婴幼儿", re.I)),
    (TODDLER, re.compile(r"\btoddlers?\b|幼儿", re.I)),
    (CHILD, re.compile(r"\bchild(?:ren)?\b|\bkids?\b|\bpa?ediatric\b|儿童|小孩|孩子", re.I)),
    (ADOLESCENT, re.compile(r"\badolescents?\b|\bteenagers?\b|青少年", re.I)),
    (ELDERLY, re.compile(r"\belderly\b|\bgeriatric\b|\bolder (?:people|adults?|patients?)\b|老年|老人", re.I)),
)
_EGFR = re.compile(
    r"(?:\be?GFR\b|creatinine clearance|\bCrCl\b|肾小球滤过率|肌酐清除率)\D{0,20}?(\d{1,3}(?:\.\d+)?)", re.I
)
_DIALYSIS = re.compile(
    r"\b(?:ha?emo)?dialysis\b|\bend-stage (?:renal|kidney)|\bESRD\b|\bkidney failure\b|\brenal failure\b|透析"
    r"|尿毒症|肾衰",
    re.I,
)
_KIDNEY = re.compile(
    r"\b(?:renal|kidney) (?:impairment|insufficiency|disease|dysfunction)\b|\bCKD\b|肾功能不全|肾功能减退|肾病|"
    r"肾功能差",
    re.I,
)
_LIVER_SEVERE = re.compile(
    r"\b(?:liver|hepatic) failure\b|\bsevere (?:liver|hepatic)\b|\bChild-?Pugh C\b|\bdecompensated cirrhosis\b"
    r"|肝衰|重度肝|严重肝|失代偿",
    re.I,
)
_LIVER = re.compile(
    r"\b(?:liver|hepatic) (?:impairment|disease|insufficiency|dysfunction)\b|\bcirrhosis\b|\bChild-?Pugh\b"
    r"|肝功能不全|肝病|肝损|肝硬化",
    re.I,
)
UNDER_DIALYSIS, IMPAIRED = 10.05, 45.05
"""An eGFR that stands for these words, in mL/min per 1.73 m²."""

_ALLERGIC = re.compile(
    r"\b(?:allerg(?:ic|y|ies)|hypersensitiv\w+|intoleran\w+|anaphyla\w+)\s+(?:reactions?\s+)?(?:to|after|from|with)\s+"
    r"([^.?!;:。？]+?)(?=\s+(?:and|so|but)\s+(?:is|needs?|has|may|can|wants?|asks?)\b|[.?!;:,]|$)"
    r"|\b(?!(?:no|any|an|the|drug|food|known|his|her|their|is|was|be|of|with|for|severe)\b)([A-Za-z][\w'-]*?)"
    r"(?: allerg(?:y|ies)|-allergic)\b"
    r"|对([^。？，,；]{1,20}?)(?:严重|曾)?过敏|([^。？，,；对的有]{1,10})过敏",
    re.IGNORECASE,
)
_AND = re.compile(r",|\band\b|\bor\b|、|和|与|及", re.I)
_GENE = re.compile(
    r"\b(CYP[1-4][A-Z]\d{1,2}|TPMT|NUDT15|DPYD|UGT1A1|SLCO1B1|VKORC1|G6PD|ABCG2|CFTR|RYR1|MT-RNR1|"
    r"HLA-[A-C])(?![A-Za-z0-9])",
    re.I,
)
_STAR = r"\*\s?\d+[A-D]?(?:\s?x\s?(?:\d+|N))?"
_ALLELE = re.compile(rf"[\s(（]*(?:genotype |基因型)?(\*\s?\d+:\d+|{_STAR}(?:\s?/\s?{_STAR})?)")
_RS = re.compile(r"\b(rs\d+)\s*(?:genotype|基因型)?\s*[:：(（]?\s*([ACGT])\s?/?\s?([ACGT])(?![A-Za-z])")
_OF_RS = {
    "rs4149056": "SLCO1B1", "rs9923231": "VKORC1", "rs2231142": "ABCG2", "rs116855232": "NUDT15", "rs776746": "CYP3A5",
}  # fmt: skip
"""The genes of variants that settle a phenotype."""
_HOMOZYGOUS = re.compile(r"\bhomozyg\w+|纯合", re.I)
_HETEROZYGOUS = re.compile(r"\bheterozyg\w+|杂合", re.I)
_VARIANT = re.compile(r"[^?.;，。；]{0,20}?(-\d{3,5})\s?([ACGT])\s?[>/]?\s?([ACGT])(?![A-Za-z])")
_ACTIVITY = re.compile(r"[^?.;，。；]{0,20}?(?:\bscore|评分)[^\d?.;，。；]{0,10}(\d+(?:\.\d+)?)", re.I)
_CARRIES = re.compile(r"\bpositive\b|\bpresent\b|\bcarri|\bhas\b|\bwith\b|阳性|携带|存在", re.I)
_LACKS = re.compile(r"\bnegative\b|\babsent\b|\bnot present\b|\bnon-?carrier|阴性|不携带|未携带|不存在", re.I)
_PHENOTYPES = (
    ("Ultrarapid Metabolizer", re.compile(r"\bultra-?\s?rapid\b|\bUMs?\b|超快代谢|超快速", re.I)),
    ("Poor Metabolizer", re.compile(r"\bpoor[- ]metaboli[sz]\w+|\bPMs?\b|慢代谢|弱代谢", re.I)),
    ("Intermediate Metabolizer", re.compile(r"\bintermediate[- ]metaboli[sz]\w+|\bIMs?\b|中间代谢|中等代谢", re.I)),
    ("Rapid Metabolizer", re.compile(r"\brapid[- ]metaboli[sz]\w+|\bRMs?\b|快代谢", re.I)),
    ("Normal Metabolizer", re.compile(r"\b(?:normal|extensive)[- ]metaboli[sz]\w+|\b[NE]Ms?\b|正常代谢", re.I)),
    ("Poor Function", re.compile(r"\bpoor function\b|功能缺失", re.I)),
    ("Decreased Function", re.compile(r"\b(?:decreased|reduced) function\b|功能降低", re.I)),
    ("Normal Function", re.compile(r"\bnormal function\b|功能正常", re.I)),
    ("Deficient", re.compile(r"\bdeficien\w+|缺乏|缺陷", re.I)),
)


_NOT_SO = re.compile(
    r"\b(?:not|no longer|never|neither|nor|no|non|without|isn['’]?t|aren['’]?t|wasn['’]?t|den(?:y|ies|ied|ying)|"
    r"rul(?:e|ed|es|ing) out)"
    r"[\s-]+(?:currently |yet |being |now |a |any )*$|(?:没有?|未|不是|并非|非|否认|排除|不在)$",
    re.I,
)


def person_in(text: str, entities: Sequence[AskedEntity]) -> Person:
    """What a question tells of somebody; conditions are ids of what it names, allergens as it names them."""
    allergies = allergens(text, entities)
    return Person(
        conditions=tuple(
            e.id for e in entities if e.type in ("Disease", "Phenotype") and not e.negated and "过敏" not in e.surface
        ),
        allergies=allergies,
        age=_age(text),
        pregnant=_told(_PREGNANT, text) or _told(_FERTILE, text),
        lactating=_told(_LACTATING, text),
        egfr=_egfr(text),
        liver=_liver(text),
        genotypes=genotypes(text),
    )


def tells(person: Person) -> bool:
    """Whether anything but conditions is told, which a question may name for other reasons."""
    rest = (person.allergies, person.pregnant, person.lactating, person.liver, person.genotypes)
    return any(rest) or person.age is not None or person.egfr is not None


def allergens(text: str, entities: Sequence[AskedEntity]) -> tuple[str, ...]:
    """What somebody is said to be allergic to: as the question's names have it, else as written."""
    told: dict[str, None] = {}
    for match in _ALLERGIC.finditer(text):
        if _NOT_SO.search(text[: match.start()]) is not None:
            continue
        written = next(group for group in match.groups() if group)
        surfaces = {
            e.surface: None for e in entities if e.surface in written and e.type not in ("Disease", "Phenotype")
        }
        longest = [one for one in surfaces if not any(one != other and one in other for other in surfaces)]
        told.update(dict.fromkeys(longest or [part for piece in _AND.split(written) if (part := piece.strip())]))
    return tuple(told)


def genotypes(text: str) -> Mapping[str, str]:
    """By gene the phenotype, the allele, the bases of a variant (`-1639 AG`) or the activity score that is told."""
    told: dict[str, str] = {}
    for match in _GENE.finditer(text):
        symbol = match[1].upper()
        allele = _ALLELE.match(text, match.end())
        phenotype = next((name for name, words in _PHENOTYPES if words.search(text)), "")
        if allele and symbol.startswith("HLA"):
            carries = "negative" if _LACKS.search(text) else "positive" if _CARRIES.search(text) else ""
            told[symbol] = f"{allele[1].replace(' ', '')} {carries}".strip()
        elif phenotype:
            told[symbol] = phenotype
        elif allele:
            told[symbol] = _pair(allele[1].replace(" ", ""), text)
        elif variant := _VARIANT.match(text, match.end()):
            # Guidelines write the two bases in the order of the alphabet.
            told[symbol] = f"{variant[1]} {''.join(sorted(variant.groups()[1:]))}"
        elif score := _ACTIVITY.match(text, match.end()):
            told[symbol] = str(float(score[1]))
        else:
            told.setdefault(symbol, "")
    for match in _RS.finditer(text):
        if gene := _OF_RS.get(match[1].lower()):
            told[gene] = f"{match[1]} {match[2]}{match[3]}"
    return told


def _pair(allele: str, text: str) -> str:
    """Both alleles, where one is told and that it is there twice or once."""
    if "/" in allele:
        return allele
    if _HOMOZYGOUS.search(text) is not None:
        return f"{allele}/{allele}"
    return f"*1/{allele}" if _HETEROZYGOUS.search(text) is not None else allele


def not_told(text: str, unknown: Sequence[str]) -> tuple[str, ...]:
    """The names that mean nothing here, but for the words by which a kidney, a liver, an age or a gene is told."""
    patterns = (
        _EGFR,
        _DIALYSIS,
        _KIDNEY,
        _LIVER_SEVERE,
        _LIVER,
        _YEARS,
        _MONTHS,
        _PREGNANT,
        _LACTATING,
        _GENE,
        _VARIANT,
        _RS,
    )
    words = (*patterns, *(pattern for _, pattern in (*_AGES, *_PHENOTYPES)))
    told = [match[0].casefold() for pattern in words for match in pattern.finditer(text)]
    return tuple(name for name in unknown if not any(name.casefold() in one or one in name.casefold() for one in told))


def _told(words: re.Pattern[str], text: str) -> bool:
    """Whether it is told and not denied outright: "not contraindicated in pregnancy?" denies no pregnancy."""
    return any(_NOT_SO.search(text[: match.start()]) is None for match in words.finditer(text))


def _age(text: str) -> float | None:
    if years := _YEARS.search(text):
        return float(next(group for group in years.groups() if group))
    if months := _MONTHS.search(text):
        return float(next(group for group in months.groups() if group)) / 12
    return next((age for age, words in _AGES if words.search(text)), None)


def _egfr(text: str) -> float | None:
    if value := _EGFR.search(text):
        return float(value[1])
    if _DIALYSIS.search(text):
        return UNDER_DIALYSIS
    return IMPAIRED if _KIDNEY.search(text) else None


def _liver(text: str) -> Literal["", "impaired", "severe"]:
    if _LIVER_SEVERE.search(text):
        return "severe"
    return "impaired" if _LIVER.search(text) else ""


def without_allergens(named: Mapping[str, str], who: Person) -> dict[str, str]:
    """The drugs named but for those that somebody is only said to be allergic to."""
    return {name: id for name, id in named.items() if not any(name in allergen for allergen in who.allergies)}

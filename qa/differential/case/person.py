"""Who a text tells of: age in years, and sex."""

from __future__ import annotations

import re

from qa.differential.model import Sex

_YEARS = {"day": 1 / 365.25, "week": 7 / 365.25, "month": 1 / 12, "year": 1.0}
_AGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (unit, re.compile(pattern, re.IGNORECASE))
    for unit, pattern in (
        (
            "year",
            r"(?<![\d./])(\d{1,3}(?:\.5)?)[\s-]*(?:y(?:ea)?rs?[\s-]*(?:and[\s-]*)?(?:old|of age)|y/?o\b|yr/o|"
            r"yrs?\b(?=[\s-]*(?:old|male|"
            r"female|m\b|f\b|man|woman|boy|girl))|y(?=\s*(?:m|f|male|female|man|woman|boy|girl)\b))",
        ),
        ("year", r"(?<![\d./])(\d{1,3})[\s-]*(?:[fm]\b(?!\s*(?:/|\d|mol|g\b))|[fm]\b(?=\s*\d{1,2}/(?:7|52|12|40)\b))"),
        ("year", r"(?<![\d./])(\d{1,3})[\s-]*(?:year|yr)s?[\s-]*(?=old|male|female|man|woman|boy|girl|lady|gentleman)"),
        ("year", r"\b(?:aged?|age:)\s*(\d{1,3})\b(?!\s*(?:days|weeks|months|d\b|w\b|mo))"),
        ("year", r"\b[mf](\d{2})\b(?=[\s,.;])"),
        ("year", r"(?<!\d)(\d{1,3}(?:\.\d)?)\s*(?:周?岁|歲)(?!以|之)"),
        ("month", r"(?<![\d./])(\d{1,2})[\s-]*(?:months?|mo|mth|m)[\s/-]*(?:old|o\b)"),
        ("month", r"(?<![\d./])(\d{1,2})[\s-]*(?:months?|mo)\s+(?=boy|girl|infant|baby|male|female)"),
        (
            "month",
            r"(?<!\d)(\d{1,2})\s*(?:个月大|个多月大|月龄|个月(?=的?(?:男|女|婴|宝|患儿|小))|月(?=的?(?:男|女|婴)))",
        ),
        ("week", r"(?<![\d./])(\d{1,2})[\s-]*(?:weeks?|wks?|w)[\s/-]*(?:old|o\b)"),
        ("week", r"(?<!\d)(\d{1,2})\s*周大"),
        ("day", r"(?<![\d./])(\d{1,3})[\s-]*(?:days?|d)[\s/-]*(?:old|o\b)"),
        ("day", r"(?:出生|生后|日龄)\s*(?:第)?\s*(\d{1,3})\s*[天日]|(?<!\d)(\d{1,2})\s*(?:天大|日龄)"),
        (
            "year",
            r"\b(?:dad|mum|mom|mother|father|nan|gran|man|woman|patient|pt|husband|wife),? (?:is )?(\d{2})(?=[,.; ])",
        ),
        (
            "month",
            r"(?:宝宝|宝|婴儿?|孩子|娃|患儿)[，, ]?(\d{1,2})\s*个多?月|(?<!\d)(\d{1,2})\s*个多?月(?:大)?的?(?=男|"
            r"女|宝|婴|娃|孩)",
        ),
        ("week", r"\b(?:boy|girl|baby|infant), (?:aged )?(\d{1,2}) weeks?\b"),
        ("month", r"\b(?:boy|girl|baby|infant),? (?:aged )?(\d{1,2}) months?\b"),
        (
            "year",
            r"\b(?:boy|girl|man|woman|lady|gentleman|lad|child|male|female) of (\d{1,3})\b"
            r"(?!\s*(?:months?|mo\b|mths?|weeks?|wks?|days?|hours?|hrs?|kg|cm|/))",
        ),
        (
            "year",
            r"\b(?:daughter|son|boy|girl|kid|child|he|she|mum|mom|dad|grandson|granddaughter|niece|nephew)(?: is|'s|,)"
            r"(?: only| just| now| aged)? (\d{1,2})(?=\s*(?:[,.;!]|and\b|but\b|now\b|with\b|who\b|$))",
        ),
        ("day", r"\bday (\d{1,2}) of life\b|\b(?:DOL|day of life)[ :]?(\d{1,2})\b"),
        ("year", r"\bin (?:his|her|their) (?:early |mid |late )?(\d0)s\b"),
    )
)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_IN_WORDS = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten)[\s-](day|week|month|year)s?[\s-]old\b|"
    r"([一二三四五六七八九]?十[一二三四五六七八九]?|[一两二三四五六七八九])多?(岁|个月大|个多月大|周大|天大)",
    re.IGNORECASE,
)
_UNITS = {"岁": "year", "个月大": "month", "个多月大": "month", "周大": "week", "天大": "day"}
_NEWBORN = re.compile(r"\b(?:newborn|neonate)\b|新生儿", re.IGNORECASE)
_OLDEST = 125
_PREGNANT = re.compile("[孕胎]")

_SEXES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Beside the age; then what the patient is called; then what only one sex has; then pronouns.
        r"\d[\s-]*(?:y/?o|yrs?|years?[\s-]*old|y|months?[\s-]*old|mo)?[\s,-]*(?:(?P<female>f\b|female|woman|girl|"
        r"lady)|"
        r"(?P<male>m\b|male|man|boy|gentleman))|(?:岁|月|月龄|天)的?大?[，,\s]*(?:的|已婚|"
        r"未婚)?(?:(?P<female2>女)|(?P<male2>男))|"
        r"(?:患者|患儿|病人|性别)?[，,:：\s]?(?:(?P<female3>女)|(?P<male3>男))(?:性|孩|婴|童|士|，|,|\s|。|\d)",
        r"\b(?:(?P<female>woman|female|girl|lady|schoolgirl|housewife)|(?P<male>man|male|boy|gentleman|schoolboy))\b|"
        r"(?:^\W*|\b(?:my|our) )(?:(?P<female3>mum|mom|mother|daughter|wife|grandmother|granny|sister|aunt|nan|gran)|"
        r"(?P<male3>dad|father|son|husband|grandfather|grandad|brother|uncle))\b|(?P<female2>孕妇|产妇|女童|女婴|"
        r"女士|女宝)|"
        r"(?P<male2>男童|男婴|先生|男宝)|(?:^\W*|我(?:的|家)?)(?:(?P<female4>女儿|妈|母亲|老婆|妻子|奶奶|外婆|"
        r"姥姥|闺女)|"
        r"(?P<male4>儿子|爸|父亲|老公|丈夫|爷爷|外公|姥爷))",
        r"(?P<female>\bpregnan|\bgravid|\bG\d ?P\d|\bLMP\b|\bmenstrua|\bvagina|\bpostpartum|\bpost-?natal|"
        r"\bbreastfeed|"
        r"\bmenopaus|\bperiods\b|\bher period|怀孕|妊娠|孕\d|产后|月经|阴道|绝经|哺乳|停经|白带)|"
        r"(?P<male>\bprostat|\btestic|\bscrot|\bpenis|\bpenile|睾丸|阴囊|前列腺|阴茎)",
        r"\b(?:(?P<female>she|her|hers)|(?P<male>he|him|his))\b|(?P<female2>她)|(?P<male2>(?<!其)(?<!雷)他(?!们|"
        r"人|汀|定))",
    )
)
_RELATIVE = re.compile(
    r"(?:\b(?:his|her|their|with|by|the|and|of|to)\s+|\bfamily history\b.*|"
    r"[他她其](?:的)?|由|家族史.{0,8})$",
    re.IGNORECASE,
)


def age_of(text: str) -> float | None:
    """The first age that a text tells, in years."""
    ages = _ages(text)
    if ages:
        return ages[0][2]
    return 0.01 if _NEWBORN.search(text) else None


def age_places(text: str) -> list[tuple[int, int]]:
    """Where a text tells ages."""
    return [(start, end) for start, end, _ in _ages(text)]


def _ages(text: str) -> list[tuple[int, int, float]]:
    """Where a text tells ages, and each in years."""
    ages: list[tuple[int, int, float]] = []
    for unit, pattern in _AGES:
        for match in pattern.finditer(text):
            number = next(group for group in match.groups() if group)
            if not _PREGNANT.search(text, max(0, match.start() - 6), match.start()):
                ages.append((*match.span(), float(number) * _YEARS[unit]))
    for match in _IN_WORDS.finditer(text):
        word, unit = (match[1], match[2]) if match[1] else (match[3], _UNITS[match[4]])
        ages.append((*match.span(), _counted(word.casefold()) * _YEARS[unit.casefold()]))
    widest = {start: (start, end, years) for start, end, years in sorted(ages) if years <= _OLDEST}
    return [widest[start] for start in sorted(widest)]


def _counted(word: str) -> int:
    """The number below a hundred that a word is: 五十六 is five tens and six."""
    tens, ten, ones = word.partition("十")
    return _WORDS[word] if not ten else 10 * _WORDS.get(tens, 1) + _WORDS.get(ones, 0)


def sex_of(text: str) -> Sex:
    """The sex of the patient, by the surest words that tell it; empty where none does."""
    for pattern in _SEXES:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 20) : match.start()]
            if pattern is _SEXES[1] and _RELATIVE.search(before):
                continue
            return (
                "female"
                if any(name.startswith("female") and value for name, value in match.groupdict().items())
                else "male"
            )
    return ""

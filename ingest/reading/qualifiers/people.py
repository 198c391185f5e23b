"""In whom a sentence says that something holds: age groups, pregnancy, sex; and ages in numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.qualifiers.places import Place, overlaps

_GROUPS = {
    "preterm infants": (r"(?:preterm|premature) (?:infants?|babies|newborns?|neonates?)", r"早产儿"),
    "newborns": (r"newborns?|neonates?|newborn (?:babies|infants?)|neonatal patients", r"新生儿"),
    "infants": (r"infants?|babies|toddlers?", r"婴幼儿|婴儿"),
    "adolescents": (r"adolescents?|teenagers?", r"青少年"),
    "children": (
        r"child(?:ren)?|p(?:a)?ediatric (?:patients?|populations?|subjects?)|boys|girls",
        r"儿童|患儿|小儿|幼儿",
    ),
    "adults": (r"adults?(?= |[,.;:)]|$)(?! stem)", r"成人|成年(?!人?期)"),
    "older people": (
        r"(?:the )?elderly(?: (?:patients?|people|persons?|subjects?|men|women))?|older (?:adults?|people|patients?|"
        r"persons?)|geriatric patients?",
        r"老年(?!性|期?痴呆|斑)|高龄",
    ),
    "pregnant women": (
        r"pregnant (?:women|patients|females|individuals|woman)|expectant mothers",
        r"孕妇|妊娠期?妇女|孕产妇",
    ),
    "breastfeeding women": (
        r"(?:breast-?feeding|lactating|nursing) (?:women|mothers|patients)|(?:mothers"
        r"|women) who (?:are )?breast-?feed\w*",
        r"哺乳期?(?:妇女|女性)|哺乳期",
    ),
    "postmenopausal women": (r"post-?menopausal women", r"绝经后(?:妇女|女性)"),
    "healthy volunteers": (r"healthy (?:volunteers?|subjects?|participants?)", r"健康(?:志愿者|受试者)"),
    "women": (r"women", r"妇女|女性"),
    "men": (r"men", r"男性"),
}  # fmt: skip
"""The longer and narrower first: what is found counts for no other."""
_ORDER = {name: at for at, name in enumerate(_GROUPS)}
_WORDS = re.compile(
    "|".join(f"(?P<g{at}>\\b(?:{english})\\b|{han})" for at, (english, han) in enumerate(_GROUPS.values())),
    re.IGNORECASE,
)
_BUT = r"\b(?:except|excluding|other than|unlike|rather than|without|compared (?:with|to)|than|versus|vs\.?)"
_IN = r"(?: (?:in|for|to|by))?(?: the)? ?"
_BESIDE = re.compile(rf"(?:{_BUT}{_IN}|除|非|高于|低于|普通)$", re.IGNORECASE)
"""What stands before somebody of whom it is just not said."""
_NOT = re.compile(
    rf"(?:\bnot(?: (?:be )?(?:recommended|used|indicated|licensed|approved|given|studied))?{_IN}|"
    r"不用于|不适用于|不推荐用于|不宜用于|禁用于)$",
    re.IGNORECASE,
)
"""What stands before somebody of whom it is denied: of a denial it is said."""
_NO_GROUP = re.compile(
    r"[- ]?(?:['’]s hospital|onset|hood|bearing|T-cell|Still|literacy)|医院|福利|用药|保健|青霉素|Still|斯蒂尔|T细胞"
    r"|溶血病|黄疸",
    re.IGNORECASE,
)
_YEARS = {
    "year": "years",
    "month": "months",
    "week": "weeks",
    "yr": "years",
    "岁": "years",
    "个月": "months",
    "周岁": "years",
}
_UNIT = r"(?P<unit>year|yr|month|week)s?"
_AGE = re.compile(
    rf"\b(?:aged?|ages|from) (?P<from>\d{{1,3}}) ?(?:-|–|to|and) ?(?P<to>\d{{1,3}}) {_UNIT}\b"
    rf"|\b(?P<least>\d{{1,3}}) {_UNIT.replace('unit', 'unit2')}(?: of age)? (?:and|or) (?:older|over|above|upwards?)\b"
    rf"|(?:≥|\b(?:over|above|older than|at least) (?:the age of )?)\s?(?P<over>\d{{1,3}}) "
    rf"{_UNIT.replace('unit', 'unit3')}\b(?! (?:of (?:treatment|follow)|earlier|ago))"
    rf"|(?:<|\b(?:under|below|younger than|less than) (?:the age of )?)\s?(?P<under>\d{{1,3}}) "
    rf"{_UNIT.replace('unit', 'unit4')}(?: of age| old)\b"
    r"|(?P<hfrom>\d{1,3})\s?(?:岁)?\s?[-~～至到]\s?(?P<hto>\d{1,3})\s?(?P<hunit>周?岁|个月)"
    r"|(?P<hleast>\d{1,3})\s?(?P<hunit2>周?岁|个月)(?:及其?以上|以上|或以上)|(?:≥|大于|超过)\s?(?P<hover>\d{1,3})\s?"
    r"(?P<hunit3>周?岁)"
    r"|(?P<hunder>\d{1,3})\s?(?P<hunit4>周?岁|个月)(?:及其?以下|以下)|(?:<|＜|小于|未满|不足)\s?(?P<hbelow>\d{1,3})\s?"
    r"(?P<hunit5>周?岁)",
    re.IGNORECASE,
)

_WITH = re.compile(
    r"\b(?:patients|people|persons|those|individuals|subjects|women|men|adults|children|adolescents|survivors|participants)"
    r"(?: \w+ed)? (?P<with>with|without)(?: (?:a |an )?(?:severe |mild |moderate |advanced |acute |chronic "
    r"|history of )*)? ?$",
    re.IGNORECASE,
)
_HAVING = re.compile(r"(?:住院)?(?:患者|病人|者)(?!的?(?:家属|亲属))")


def groups(text: str, *, denied: bool = False) -> list[tuple[int, int, str]]:
    """Who is named in a sentence, in order, each with a word for them; with `denied` also who is told it is not for."""
    found: list[tuple[int, int, str]] = []
    for match in _WORDS.finditer(text):
        name = tuple(_GROUPS)[int((match.lastgroup or "g0")[1:])]
        before = text[max(0, match.start() - 40) : match.start()]
        besides = _BESIDE.search(before) or (not denied and _NOT.search(before))
        if not besides and not _NO_GROUP.match(text, match.end()):
            found.append((match.start(), match.end(), name))
    return found


def who(found: Sequence[tuple[int, int, str]], within: Place, besides: Sequence[Place | None]) -> str:
    """Those of them that stand within the stretch and are no part of the two, as `adults, children`."""
    names = {
        name for start, end, name in found if within[0] <= start < within[1] and not overlaps((start, end), besides)
    }
    if len(names) > 1:
        # `boys and men with`, `women aged 70`: a narrower word says it.
        names -= {"women"} if names & {"pregnant women", "breastfeeding women", "postmenopausal women"} else set()
    return ", ".join(sorted(names, key=_ORDER.__getitem__)) if len(names) <= 3 else ""


def age(text: str, within: Place) -> str:
    """The one age that is told within the stretch, as `12 years and older`; empty where several are."""
    told = {words for match in _AGE.finditer(text, *within) if (words := _age(match))}
    return told.pop() if len(told) == 1 else ""


def _age(match: re.Match[str]) -> str:
    said = {name: value for name, value in match.groupdict().items() if value}
    unit = next(_YEARS[value.lower()] for name, value in said.items() if "unit" in name)
    for name, value in said.items():
        match name.removeprefix("h"):
            case "from":
                return f"{value}-{match[name.removesuffix('from') + 'to']} {unit}"
            case "least" | "over":
                return f"{value} {unit} and older"
            case "under" | "below":
                return f"under {value} {unit}"
    return ""


def patients(text: str, conditions: Sequence[Place], besides: Sequence[Place | None], within: Place) -> str:
    """`patients with G6PD deficiency`, where one condition besides the two is told of them."""
    told: set[str] = set()
    for start, end in conditions:
        if not within[0] <= start < within[1] or overlaps((start, end), besides):
            continue
        if before := _WITH.search(text, max(0, start - 40), start):
            told.add(f"patients {before['with'].lower()} {text[start:end].strip(' .,;')}")
        elif _HAVING.match(text, end):
            told.add(f"{text[start:end]}患者")
    return told.pop() if len(told) == 1 else ""

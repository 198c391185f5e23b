"""When and where a text happens: the season, and the part of the world that somebody lives in or comes from."""

from __future__ import annotations

import re

from qa.differential.profiles import REGIONS, SEASONS

_SEASONS = tuple(
    (season, re.compile(pattern, re.IGNORECASE))
    for season, pattern in (
        (
            "winter",
            r"\bwinter|\b(?:in|since|early|mid|late) (?:december|january|february)\b|\bchristmas\b|冬季|冬天|冬|"
            r"[^\d](?:12|1|2)月份|春节",
        ),
        (
            "spring",
            r"\bspring\b(?! roll)|\b(?:in|since|early|mid|late) (?:march|april)\b|\bpollen season|春季|春天|开春|"
            r"[^\d][34]月份",
        ),
        (
            "summer",
            r"\bsummer|\b(?:in|since|early|mid|late) (?:june|july|august)\b|\bheat ?wave|夏季|夏天|盛夏|暑假|"
            r"[^\d][678]月份|三伏",
        ),
        (
            "autumn",
            r"\bautumn|\bin (?:the )?fall\b(?! of)|\b(?:in|since|early|mid|late) (?:september|october|november)\b|"
            r"秋季|秋天|入秋|(?:9|10|11)月份",
        ),
    )
)
_PLACES = tuple(
    (region, re.compile(pattern, re.IGNORECASE))
    for region, pattern in (
        (
            "africa",
            r"\bafrica|\b(?:ghana|nigeria|kenya|uganda|tanzania|congo|drc|cameroon|senegal|gambia|mali|malawi|zambia|"
            r"zimbabwe|mozambique|ethiopia|sudan|somalia|rwanda|sierra leone|liberia|guinea|ivory coast|angola|"
            r"togo|benin|"
            r"burkina faso|niger|chad|madagascar|south africa|botswana|namibia)\b|非洲|加纳|尼日利亚|肯尼亚|"
            r"乌干达|坦桑尼亚|刚果|喀麦隆|"
            r"安哥拉|埃塞俄比亚|赞比亚|几内亚|莫桑比克|马里|苏丹",
        ),
        (
            "south-asia",
            r"\b(?:india|pakistan|bangladesh|nepal|sri lanka|bhutan|afghanistan|south asia)\w*\b|印度(?!尼)|"
            r"巴基斯坦|孟加拉|尼泊尔|斯里兰卡|(?<!东)南亚",
        ),
        (
            "tropics",
            r"\btropic|\b(?:thailand|vietnam|cambodia|laos|myanmar|burma|malaysia|indonesia|bali|philippines|"
            r"singapore|"
            r"south-?east asia|papua|caribbean|haiti|jamaica|dominican republic|puerto rico|fiji|maldives)\b|热带|"
            r"东南亚|泰国|越南|"
            r"柬埔寨|老挝|缅甸|马来西亚|印度尼西亚|印尼|菲律宾|新加坡|海南|加勒比|海地|马尔代夫|西双版纳",
        ),
        (
            "latin-america",
            r"\b(?:latin america|south america|central america|brazil|peru|bolivia|colombia|ecuador|venezuela|"
            r"argentina|"
            r"chile|mexico|guatemala|honduras|nicaragua|el salvador|costa rica|panama|amazon)\w*\b|拉丁美洲|南美|"
            r"巴西|秘鲁|玻利维亚|哥伦比亚|"
            r"厄瓜多尔|委内瑞拉|阿根廷|墨西哥",
        ),
        (
            "mediterranean",
            r"\b(?:mediterranean|greece|greek|cyprus|sardinia|sicily|turkey|turkish|lebanon|israel|egypt|morocco|"
            r"algeria|"
            r"tunisia|libya|syria|malta|croatia)\b|地中海|希腊|土耳其|黎巴嫩|埃及|摩洛哥|阿尔及利亚|以色列",
        ),
        (
            "north-america",
            r"\b(?:united states|usa|canada|new england|connecticut|wisconsin|arizona|ohio|missouri|california|"
            r"texas)\b|美国|加拿大|北美",
        ),
        (
            "altitude",
            r"\b(?:altitude|tibet|lhasa|cusco|la paz|himalaya|everest|trekking at)\w*|高原|西藏|拉萨|青海|海拔",
        ),
        (
            "rural",
            r"\b(?:farm|rural|village|countryside|farmer|shepherd)\w*\b|农村|乡下|牧区|牧民|农民|山区|林区|内蒙古|"
            r"养羊|养牛|新疆",
        ),
        (
            "east-asia",
            r"\b(?:china|chinese|japan|japanese|korea|korean|taiwan|hong kong|east asia)\w*\b|中国|日本|韩国|台湾|"
            r"香港|东亚|广东|广西",
        ),
    )
)
_NOT = re.compile(r"\b(?:no|denies|without|never)\b[^.;]{0,30}$|(?:无|没有|否认|未)[^。；，,]{0,12}$", re.IGNORECASE)


def season(text: str) -> str:
    """One of `profiles.SEASONS` that a text or a word tells, or nothing."""
    word = text.strip().casefold()
    return word if word in SEASONS else next((name for name, cue in _SEASONS if cue.search(text)), "")


def region(text: str) -> str:
    """One of `profiles.REGIONS` that a text or the name of a country tells, the rarer told first, or nothing."""
    word = text.strip().casefold().replace(" ", "-")
    if word in REGIONS:
        return word
    return next((name for name, cue in _PLACES if (at := cue.search(text)) and not _NOT.search(text[: at.start()])), "")

"""Names in Chinese prose that are none: cut out of a longer word, or put together over a mark or out of two remarks.

Chinese writes no blanks, so that a name may begin in one word and end in the next: 血尿 in 血尿酸, 面肿 in 下面肿起来.
"""

from __future__ import annotations

import re

from text.names import is_chinese

_WORDS = re.compile(
    r"血尿[酸素]|[上下里外前后表对侧方]面(?![部色颊瘫肌容])|有点|差点|快点|早点|晚点|几点|小脚[趾指]|手指甲|脚趾甲|尿[少频急痛]|"
    r"浓茶[色样]|卵磷脂小体|(?:斑|阴|暗|高密度|模糊)?片状?影|类风湿(?:性?关节炎|因子)|痛风石|月经期|头孢|头发|石头|骨头|舌头|指头|"
    r"拳头|眉头|枕头|馒头|乳头|奶头|龟头|里头|外头|手术|手机|右手边|左手边|脚气|腿脚|心理|心情|看牙|口味|吐字|打喷嚏|不舒服|没多久|没想到"
)
"""Words into which no name is cut: it holds the whole of one, or nothing of it."""
_MARKS = re.compile(r"[,，、。;；:：!！?？\n]")
_TWO = re.compile(
    r"[痛疼红肿咳吐泻痒麻热烧晕喘汗胀血脓](?:没有?|不|未|无)(?![痛疼红肿痒麻热烧晕喘胀]$|舒服|适)[\u4e00-\u9fff]{1,3}$"
)
"""A complaint, and behind it the denial of another: 干咳没痰 does not deny the cough."""
_TOO_LITTLE = re.compile(
    r"肿大|[胀刺灼坠隐酸绞剧钝跳闷肿压叩]痛|闷胀|坠胀|僵硬|发[硬白红]|暗红色?|鲜红色?|肿胀|肿块|硬[块结]|抽动|变形|减少|增多|扩大|"
    r"脱落|抓破|分泌物|放射|不适"
)
"""Words that tell nothing where no part of the body stands with them."""

_OTHERS = re.compile(r"(?:其他|其它|其余|别的)的?$")
"""What stands before a part of the body that is not the one complained of: 其他关节不痛."""
_SENSITIVE = re.compile(r"怕(?=[冷热光风吵声痛疼])")
"""Who cannot bear cold or light does not fear that something might be."""
_HOMES = re.compile(
    r"(?:外婆|外公|奶奶|爷爷|姥姥|姥爷|父母|爸妈|妈妈|爸爸|哥哥|姐姐|弟弟|妹妹|舅舅|叔叔|姑姑|姨妈|阿姨|婆婆|岳父|岳母|"
    r"儿子|女儿|朋友|同学|同事|亲戚|邻居|亲友|老乡|娘)(?=家(?!里|人|族|属|有|也|都|长)|的?婚礼|的?生日|陪)"
)
"""Relatives whose house or company is told of, and not their illness: 在外婆家住了两周."""


def cleared(text: str) -> str:
    """The text, as long as it was, without what reads as of relatives or of a fear, and is not."""
    return _SENSITIVE.sub("觉", _HOMES.sub(lambda kin: "某" * len(kin[0]), text))


def whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` may be a name: it is not Chinese, or stands within one remark and cuts no word."""
    surface = text[start:end]
    if not is_chinese(surface):
        return True
    if (
        _MARKS.search(surface)
        or _TOO_LITTLE.fullmatch(surface)
        or _TWO.search(surface)
        or _OTHERS.search(text, max(0, start - 4), start)
    ):
        return False
    return not any(_cut(word.start(), word.end(), start, end) for word in _words(text, start, end))


def _words(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The words about a place, each wherever it begins."""
    first = max(0, start - 5)
    places = range(first, end)
    return [word for place in places if (word := _WORDS.match(text, place)) is not None and word.end() > start]


def _cut(first: int, last: int, start: int, end: int) -> bool:
    """Whether a place holds a part of a word and not the whole of it."""
    return max(first, start) < min(last, end) and not (start <= first and last <= end)

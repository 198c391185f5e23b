"""Under what else a Chinese name may be known: without its dose form, strength, salt, course or grade. Pure functions.

Such words stand around a name rather than in it, and no vocabulary has a name with each of them: 中重度特应性皮炎 is
特应性皮炎, 10%硫黄软膏 is 硫黄. Where nothing of that is known, so do place and manner: 急性下壁心肌梗死
is 急性心肌梗死. What makes another disease of it (妊娠期, 先天性, 病毒性, 2型) or denies it (非) is no such word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def _any(words: str) -> str:
    """A pattern of any of `words`, the longest first."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


_ACIDS = "盐酸 硫酸 磷酸 枸橼酸 马来酸 富马酸 酒石酸 重酒石酸 甲磺酸 苯磺酸 甲苯磺酸 琥珀酸 醋酸 氢溴酸 苹果酸 乳酸"
_WAYS = "注射用 吸入用 口服 外用 吸入 静脉用 静脉 鞘内 局部用 局部 含服 低剂量 小剂量 大剂量 高剂量 新型"
_STRENGTH = r"[0-9]+(?:\.[0-9]+)?\s?(?:%|％|‰|mg|μg|g|ml|万?单位)"
_SHAPES = """
    片 片剂 肠溶片 缓释片 控释片 分散片 咀嚼片 泡腾片 口崩片 舌下片 含片 胶囊 软胶囊 肠溶胶囊
    缓释胶囊 注射液 注射剂 溶液 口服溶液 混悬液 口服混悬液 混悬剂 颗粒 颗粒剂 糖浆 滴丸 口服液
    冲剂 散剂 粉针 粉针剂 针 针剂 软膏 眼膏 乳膏 凝胶 贴剂 贴片 栓 栓剂 喷雾剂 鼻喷雾剂
    气雾剂 吸入剂 粉雾剂 滴眼液 滴耳液 滴鼻液 滴剂 洗剂 搽剂 乳剂 酊 酊剂 洗液
"""
_USES = "静脉滴注 静脉注射 静滴 静注 口服 肌注 单药 治疗 疗法 药物 制剂 类药物 类药 类"
_DRUG_BEFORE = re.compile(f"(?:{_STRENGTH}|{_any(f'{_WAYS} {_ACIDS}')})")
_DRUG_AFTER = re.compile(f"{_any(f'{_SHAPES} {_USES}')}$")
_SALT = re.compile(r"(?<=[\u4e00-\u9fff]{4})[钙钠钾]$")
_GRADE = r"[ⅠⅡⅢⅣIVX1-4]+[期级]"
_COURSES = """
    亚急性 急性 慢性 急慢性 重症 危重 危重型 重度 中度 轻度 轻中度 中重度 活动性 活动期 稳定期
    缓解期 晚期 早期 中晚期 局部晚期 复发性 复发 难治性 顽固性 进行性 进展性 持续性 反复 反复性
    阵发性 弥漫性 局限性 转移性 严重 严重的 明显 明显的 轻微 轻微的 剧烈 剧烈的 短暂 一过性
    单侧 双侧 左侧 右侧 新发 初发 初治 既往 成人 成年 儿童 小儿 老年 青少年 高分化 中分化
    低分化 未分化
"""
_STATES = "患者 病人 发作 急性发作 急性加重 急性加重期 活动期 缓解期 稳定期 晚期 早期"
_COURSE = re.compile(rf"(?:{_any(_COURSES)}|[轻中]度?[、至到-][中重]度|{_GRADE})[和或及、/]?")
_STATE = re.compile(rf"(?:{_any(_STATES)}|{_GRADE})$")
_PLACES = """
    广泛前壁 前间壁 前壁 下壁 侧壁 后壁 高侧壁 双下肢 双上肢 左下肢 右下肢 左上肢 右上肢 下肢 上肢 四肢
    双侧 两侧 单侧 左侧 右侧 双眼 左眼 右眼 颜面部 颜面 面部 眼睑 全身 全身性 局部 手足 口周
"""
_MANNERS = """
    阵发性 痉挛性 猖獗性 突发性 突发 突然 夜间 晨起 间断性 间断 间歇性 间歇 发作性 频繁 频发 偶发 长期
    极度 高度 显著 不同程度 大量 少量 多发性 多发 散在性 散在 弥漫 典型 非特异性 轻 重 剧
"""
_BRACKETED = re.compile(r"^[(（][\u4e00-\u9fff]{1,8}[)）]")
_PLACE = re.compile(_any(_PLACES))
_MANNER = re.compile(_any(f"{_PLACES} {_MANNERS} {_COURSES}"))
_LAY = {"痒": "瘙痒", "痛": "疼痛", "疼": "疼痛", "吐": "呕吐", "出冷汗": "出汗", "冷汗": "出汗"}
"""What people say in one character or two."""
_FLUID = re.compile(r"(?:血清|血浆|全血|外周血|空腹|静脉血|随机|血|尿)")
_LEVEL = re.compile(r"(?:水平|浓度|含量|检测|测定|检查|检验|值)$")
_DONE = re.compile(r"(?:治疗|疗法|手术|检查|术)$")
_GENE = re.compile(f"{_any('融合基因 基因 蛋白 激酶 酪氨酸激酶 mRNA 同工酶 酶 阳性 表达')}$")
_VARIANT = re.compile(f"{_any('基因 位点 突变 变异 多态性 杂合 纯合 等位基因 携带 携带者 型')}+")
_KINDS = (
    ("疾患", "疾病"), ("感染", "感染症"), ("缺乏", "缺乏症"), ("癌症", "癌"), ("症", ""), ("病", ""), ("不足", "缺乏"),
    ("下降", "减退"), ("降低", "减退"),
)  # fmt: skip
"""Two ways in which the name of one disease may end."""
_LEAST = 2
"""Characters of a name at least: fewer name too much."""


def forms(name: str, type: str) -> Iterator[str]:
    """Other forms of `name`, those that say most of it first; none of them is `name`."""
    seen = {name}
    for form in _forms(name, type):
        if len(form) >= _LEAST and form not in seen:
            seen.add(form)
            yield form


def _forms(name: str, type: str) -> Iterator[str]:
    if type == "Drug":
        bare = name
        for bare in _stripped(name, _DRUG_BEFORE, _DRUG_AFTER):
            yield bare
        yield _SALT.sub("", bare)
        yield from (bare.removesuffix("类") + end for end in ("类药物", "类", "药物"))
    elif type in ("Disease", "Phenotype"):
        for form in (name, *_stripped(name, _COURSE, _STATE)):
            yield form
            yield from (form.removesuffix(end) + other for end, other in _KINDS if form.endswith(end))
            yield f"{form}症"
        yield from _loosened(name)
    elif type == "Measurement":
        yield from _stripped(name, _FLUID, _LEVEL)
    elif type == "Procedure":
        yield from _stripped(name, None, _DONE)
    elif type == "Gene":
        yield from _stripped(name, None, _GENE)
    elif type == "Variant":
        yield from reversed(_VARIANT.sub(" ", name).split())


def _loosened(name: str) -> Iterator[str]:
    """What is left of a disease or finding without place and manner, the longest first."""
    if name in _LAY:
        yield _LAY[name]
    if name[0] in "高低":
        yield f"{name}血症"
    bare = _BRACKETED.sub("", name)
    yield bare
    if (placeless := _PLACE.sub("", bare)) != bare:
        yield placeless
    for form in _stripped(bare, _MANNER, _STATE):
        yield form
        if form in _LAY:
            yield _LAY[form]


def _stripped(name: str, before: re.Pattern[str] | None, after: re.Pattern[str]) -> Iterator[str]:
    """What is left of `name` word by word, without those after it first, then without those before it."""
    while (match := after.search(name)) and match.start():
        name = name[: match.start()].rstrip()
        yield name
    while before is not None and (match := before.match(name)) and match.end() < len(name):
        name = name[match.end() :].lstrip()
        yield name

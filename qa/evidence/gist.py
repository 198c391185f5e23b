"""The key points of what a source says in a language that the reader may not have: terms that stand in it, translated.

It is no translation: what stands between the terms is left to the original, which is always shown beside them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.evidence.wording import Words

KEY_POINTS = (" [key points of the French text: {}]", "【法文原文要点：{}】")
"""How the points stand behind the original."""

_FRENCH: tuple[tuple[str, str, str], ...] = (
    # French, English, Chinese; {} is a number in the text
    (r"associations? déconseillées?|\bdéconseillée?s?\b", "not recommended", "不推荐合用"),
    (r"contre-indi\w+", "contraindicated", "禁忌"),
    (r"précautions? d.emploi", "with precaution", "需谨慎使用"),
    (r"en dehors des indications", "outside the indications", "适应症以外"),
    (r"dans les indications", "within the indications", "在适应症以内"),
    (r"syndromes? coronariens? aigus?", "acute coronary syndromes", "急性冠脉综合征"),
    (r"si l.association ne peut être évitée", "if it cannot be avoided", "如不能避免合用"),
    (r"éviter|à éviter", "avoid", "避免"),
    (r"ne pas utiliser", "do not use", "不要使用"),
    (r"ne pas (?:associer|administrer|prendre)", "do not give together", "不要合用"),
    (
        r"(?:arrêt|interrompre|interruption|suspend\w*|interrompue?)(?! cardiaque)(?=[^.]{0,60}(?:traitement|"
        r"examen|metformine|administration|association|médicament))",
        "stop or suspend",
        "停用或暂停",
    ),
    (r"(\d+) ?semaines? après", "until {} weeks after stopping", "停药后{}周内"),
    (r"(\d+) ?jours?.?après (?:son |l.)?(?:arrêt|interruption)", "until {} days after stopping", "至停药后{}天"),
    (r"(\d+) ?jours? plus tard|que (\d+) ?jours?.?après", "only {} days after", "{}天之后"),
    (r"chaque semaine|toutes les semaines|fois par semaine|hebdomadaire", "every week", "每周一次"),
    (r"autre statine", "another statin", "换用其他他汀"),
    (r"après l.arrêt|après son ?arrêt", "also after stopping", "停药后仍需注意"),
    (
        r"contrôle (?:plus fréquent|régulier|rapproché)[^.]{0,20}\bINR\b|surveillance[^.]{0,30}\bINR\b",
        "monitor the INR more often",
        "更频繁地监测INR",
    ),
    (
        r"adaptation[^.]{0,30}posologi|adapter[^.]{0,30}posologi|ajust\w+[^.]{0,30}posologi|"
        r"posologie[^.]{0,30}adapt",
        "adapt the dose",
        "调整剂量",
    ),
    (r"(?:diminu|rédui|réduction)\w*[^.]{0,20}(?:posologi|dose)", "lower the dose", "减少剂量"),
    (
        r"autosurveillance glycémique|surveillance glycémique|glycémie",
        "monitor blood glucose (self-monitoring)",
        "加强血糖（自我）监测",
    ),
    (r"plus de (\d+) ?heures?", "more than {} hours apart", "间隔{}小时以上（{} 小时）"),
    (r"à distance", "separate the doses", "分开服用"),
    (r"contrôle hebdomadaire de l.hémogramme", "weekly blood count", "每周监测血常规"),
    (r"hémogramme|numération", "blood count", "血常规"),
    (r"premières semaines", "in the first weeks", "最初几周"),
    (r"surveillance clinique et biologique", "monitor clinically and by laboratory", "临床与化验监测"),
    (r"surveillance clinique", "monitor clinically", "临床监测"),
    (r"surveillance (?:stricte|étroite)|étroite surveillance", "monitor closely", "密切监测"),
    (r"électrocardiogra\w+|\bECG\b", "ECG", "心电图"),
    (r"fonction rénale", "kidney function", "肾功能"),
    (r"insuffisance rénale", "kidney impairment", "肾功能不全"),
    (r"sujet âgé|patients? âgés?", "in the elderly", "老年人"),
    (r"kaliémie(?<!hyperkaliémie)(?<!hypokaliémie)", "potassium in the blood", "血钾"),
    (r"hyperkaliémie", "high potassium", "高钾血症"),
    (r"hypokaliémie", "low potassium", "低钾血症"),
    (r"lithi?émie", "lithium level in the blood", "血锂浓度"),
    (r"digoxinémie", "digoxin level in the blood", "地高辛血药浓度"),
    (
        r"concentrations? (?:plasmatiques?|sanguines?|sériques?)|taux (?:plasmatiques?|sanguins?)",
        "concentration in the blood",
        "血药浓度",
    ),
    (r"surdosage|toxicité|toxique", "overdose or toxicity", "过量或毒性"),
    (r"créatinin\w+", "creatinine", "肌酐"),
    (r"acidose lactique", "lactic acidosis", "乳酸酸中毒"),
    (r"tératog\w+|malformations?|malformatif", "teratogenic", "致畸"),
    (r"contracepti\w+", "contraception", "避孕"),
    (r"hémorragi\w+|saignements?", "bleeding", "出血"),
    (r"torsades? de pointes", "torsades de pointes", "尖端扭转型室速"),
    (r"troubles? du rythme", "arrhythmia", "心律失常"),
    (r"rhabdomyolyse|musculaires?", "muscle damage (rhabdomyolysis)", "肌损害（横纹肌溶解）"),
    (r"hypotension", "low blood pressure", "低血压"),
    (r"syndrome sérotoninergique", "serotonin syndrome", "5-羟色胺综合征"),
    (r"hypoglycémi\w+", "hypoglycaemia", "低血糖"),
    (r"convulsi\w+|épilepti\w+", "seizures", "癫痫发作"),
    (r"effet antabuse", "disulfiram-like reaction", "双硫仑样反应"),
    (r"dépression respiratoire", "respiratory depression", "呼吸抑制"),
    (r"sédati\w+|vigilance", "sedation", "镇静"),
    (r"toxicité hématologique|hématologique|aplasie|pancytopénie", "blood toxicity (bone marrow)", "血液（骨髓）毒性"),
    (
        r"diminution[^.]{0,25}(?:efficacité|effet)|perte d.efficacité|baisse d.efficacité|échec",
        "less effect",
        "疗效降低",
    ),
    (r"diminution[^.]{0,20}absorption", "less absorption", "吸收减少"),
    (
        r"(?:augmentation|majoration)[^.]{0,30}(?:risque|effets? indésirables?)",
        "greater risk of adverse effects",
        "不良反应风险增加",
    ),
    (r"boissons alcoolisées|alcool", "alcohol", "酒精"),
    (r"dose maximale[^.]{0,20}?(\d+) ?mg|ne pas dépasser[^.]{0,40}?(\d+) ?mg", "at most {} mg", "不超过{} mg"),
    (r"(\d+) ?µmol/l", "{} µmol/l", "{} µmol/l"),
    (r"chez l.homme", "in men", "男性"),
    (r"chez la femme", "in women", "女性"),
    (r"vaccin\w*", "vaccine", "疫苗"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(french, re.IGNORECASE), english, chinese) for french, english, chinese in _FRENCH)


@lru_cache(maxsize=5000)
def gist(text: str) -> Words:
    """The original with its key points in English and in Chinese behind it; the original alone where there are none."""
    points: dict[tuple[str, str], int] = {}
    for pattern, english, chinese in _PATTERNS:
        for match in pattern.finditer(text):
            number = next((group for group in match.groups() if group), "")
            points.setdefault((english.replace("{}", number), chinese.replace("{}", number)), match.start())
    ordered = sorted(points, key=points.__getitem__)
    if not ordered:
        return Words(text, text)
    return Words(
        text + KEY_POINTS[0].format("; ".join(en for en, _ in ordered)),
        text + KEY_POINTS[1].format("；".join(zh for _, zh in ordered)),
    )

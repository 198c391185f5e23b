"""The groups of diseases that a text is put into: by system, or by kind where the kind says more."""

from __future__ import annotations

from qa.evidence.wording import Words

GROUPS = {
    "cardiovascular": Words("heart and vessels", "心血管疾病"),
    "respiratory": Words("lungs and airways", "呼吸系统疾病"),
    "respiratory-infection": Words("infections of the airways", "呼吸道感染"),
    "gastrointestinal": Words("stomach and bowels", "胃肠疾病"),
    "hepatobiliary": Words("liver, bile ducts and pancreas", "肝胆胰疾病"),
    "renal-urinary": Words("kidneys, urinary tract and male genitals", "肾脏、泌尿及男性生殖系统疾病"),
    "gynaecological": Words("women's genitals and breasts", "妇科及乳腺疾病"),
    "obstetric": Words("pregnancy and childbirth", "妊娠与分娩相关疾病"),
    "endocrine-metabolic": Words("hormones, metabolism and nutrition", "内分泌、代谢及营养疾病"),
    "neurological": Words("brain and nerves", "神经系统疾病"),
    "psychiatric": Words("mind and behaviour", "精神心理疾病"),
    "musculoskeletal": Words("bones, joints and muscles", "骨骼肌肉疾病"),
    "rheumatological": Words("rheumatic and autoimmune diseases", "风湿免疫性疾病"),
    "skin": Words("skin", "皮肤病"),
    "eye": Words("eyes", "眼病"),
    "ear-nose-throat": Words("ear, nose and throat", "耳鼻喉疾病"),
    "dental": Words("mouth and teeth", "口腔疾病"),
    "haematological": Words("blood", "血液病"),
    "neoplasm": Words("tumours", "肿瘤"),
    "infectious-systemic": Words("infections of the whole body", "全身性感染"),
    "tropical": Words("tropical and parasitic diseases", "热带病与寄生虫病"),
    "poisoning": Words("poisoning, withdrawal and adverse effects of drugs", "中毒、戒断及药物不良反应"),
    "injury": Words("injury and environment", "损伤与环境因素所致疾病"),
    "allergic": Words("allergy and immune defects", "过敏与免疫缺陷"),
    "congenital-genetic": Words("inborn and inherited diseases", "先天性及遗传性疾病"),
    "neonatal": Words("newborns", "新生儿疾病"),
}
"""By id, in the order of the columns of the weights."""

"""Words of questions: those that name nothing, and everyday ones for what a graph calls otherwise."""

from __future__ import annotations

from text.language import ENGLISH
from text.names import normalise
from text.words import folded

# Names in one ontology or another (MeSH, HPO's modifiers, gene symbols) that are ordinary words in a question.
_ORDINARY = folded(
    "disease disorder syndrome condition illness symptom sign finding phenotype phenotypic abnormality "
    "patient person "
    "people man men woman women male female child children boy girl infant adult human animal mouse "
    "all cause causing effect side adverse reaction "
    "drug medicine medication treatment therapy therapeutic diagnosis prognosis risk factor test testing "
    "history family "
    "case report study trial result review evidence type form kind stage grade onset course frequency frequent rare "
    "occasional mild moderate severe severity acute chronic recurrent progressive congenital early late left right "
    "bilateral unilateral time day week month year life death name use used combination together dose "
    "dosage level high "
    "low normal abnormal increased decreased positive negative present absent possible other general specific "
    "enzyme enzymes cyp cyps cytochrome cytochromes p450 target targets placebo placebos "
    "question answer part role system function process work health care safety interaction "
    "contraindication prevention "
    "pregnancy pregnant age old young new best first second what which who how why when where can be is "
    "are was the and "
    "or not no with without for from of in on at to as it do does has have had may might should common after before "
    "during about some any more most less than sudden diffuse localized generalized inheritance modifier clinical "
    "don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven "
    "antidote antidotes "
    "complication mechanism gene protein cell tissue organ body blood water food air pain-free mother father "
    "act art bad book cap chart drive essay friend guideline hospital impact large letter max met music paper pharmacy "
    "rest school sell set ship it pt pts gp hx dx tx rx sx pmh hpi yo her his son star student table weather will"
)
_ORDINARY_CHINESE = folded(
    "病 疾病 患者 病人 症状 表现 原因 病因 药 药物 治疗 诊断 检查 副作用 不良反应 作用 引起 导致 方法 孩子 "
    "儿童 成人 男性 女性 "
    "男 女 人 家族 急性 慢性 轻度 中度 重度 严重 正常 异常 阳性 阴性 怀孕 妊娠 孕妇 哪些 什么 怎么 如何 "
    "可能 同时 一起 预防 "
    "方案 治疗方案 疗法 疗程 根除 根治 用法 用量 用途 "
    "解毒药 解毒剂 靶点 频率 安慰剂 剂量 身体 机制 综合征 发病 复发 常见 罕见 先天性 进行性 双侧 单侧 左 右"
)
ORDINARY = _ORDINARY | _ORDINARY_CHINESE
SMALL = (
    ORDINARY
    | ENGLISH
    | folded(
        "also associated because both caused develop developed during else etc given give got help helped helps her "
        "him his known like many most much need one our out over please present presenting presents problem reason "
        "related same see seen she showing shows since so still suffering taken taking tell than their them then they "
        "used using "
        "two three us want years old"
    )
)
"""Words that no name has to explain."""

# How people say it, and the word a graph has. Tried only where the graph does not know what was said.
_EVERYDAY = {
    "发烧": "发热", "拉肚子": "腹泻", "头疼": "头痛", "肚子疼": "腹痛", "肚子痛": "腹痛", "胸口疼": "胸痛",
    "胸口痛": "胸痛",
    "胸疼": "胸痛", "出疹子": "皮疹", "起疹子": "皮疹", "疹子": "皮疹", "喘不上气": "呼吸困难",
    "气短": "呼吸困难", "抽筋": "肌痉挛",
    "抽风": "癫痫发作", "没力气": "乏力", "吐血": "呕血", "便血": "便血", "关节疼": "关节痛",
    "嗓子疼": "咽痛", "心慌": "心悸",
    "喝酒": "酒精", "饮酒": "酒精", "喝点酒": "酒精", "酗酒": "酒精", "喝啤酒": "啤酒", "喝咖啡": "咖啡", "喝茶": "茶",
    "喝牛奶": "牛奶", "ace抑制剂": "血管紧张素转换酶抑制剂", "普利类": "血管紧张素转换酶抑制剂",
    "沙坦类": "血管紧张素受体拮抗剂", "他汀": "他汀类", "眼睛发黄": "黄疸",
    "尿血": "血尿", "糖尿": "糖尿病", "高血脂": "高脂血症", "中风": "卒中", "心梗": "心肌梗死",
}  # fmt: skip
_EVERYDAY_ENGLISH = {
    "heart attack": "myocardial infarction", "high blood pressure": "hypertension",
    "low blood pressure": "hypotension",
    "belly pain": "abdominal pain", "stomach ache": "abdominal pain", "stomachache": "abdominal pain",
    "shortness of breath": "dyspnea", "throwing up": "vomiting", "itching": "pruritus", "rash": "skin rash",
    "high fever": "fever", "joint pain": "arthralgia", "muscle pain": "myalgia", "tiredness": "fatigue",
    "booze": "alcohol", "hair loss": "alopecia", "nosebleed": "epistaxis", "convulsion": "seizure",
    "fit": "seizure",
}  # fmt: skip
EVERYDAY = {normalise(said): normalise(meant) for said, meant in (_EVERYDAY | _EVERYDAY_ENGLISH).items()}

"""Of which animals a sentence speaks: what is stated of rats is no evidence about patients."""

from __future__ import annotations

import re

_WORDS = {
    "rats": r"(?:(?:sprague[- ]dawley|wistar|long[- ]evans)(?: rats?)?|rats?)",
    "mice": r"(?:c57bl/6j?|balb/c|mice|mouse|murine)",
    "dogs": r"(?:dogs?|canine|beagles?)",
    "cats": r"(?:cats|feline)",
    "rabbits": r"rabbits?",
    "guinea pigs": r"guinea[- ]pigs?",
    "hamsters": r"hamsters?",
    "pigs": r"(?:(?:mini)?pigs?|piglets?|porcine)",
    "monkeys": r"(?:monkeys?|macaques?|baboons?)",
    "sheep": r"(?:sheep|lambs?|ovine)",
    "cattle": r"(?:cattle|cows?|calves|bovine)",
    "horses": r"(?:horses?|equine)",
    "chickens": r"(?:chickens|chicks?)",
    "rodents": r"rodents?",
    "zebrafish": r"zebrafish",
    "fruit flies": r"(?:drosophila|fruit fl(?:y|ies))",
    "animals": r"(?:animals|animal models?)",
}
CHINESE = {
    "rats": "大鼠", "mice": "小鼠", "dogs": "犬", "cats": "猫", "rabbits": "兔", "guinea pigs": "豚鼠",
    "hamsters": "仓鼠", "pigs": "猪", "monkeys": "猴", "sheep": "羊", "cattle": "牛", "horses": "马", "chickens": "鸡",
    "rodents": "啮齿动物", "zebrafish": "斑马鱼", "fruit flies": "果蝇", "animals": "动物",
}  # fmt: skip
"""What each is called in Chinese."""

# What only comes from an animal, or is called after one, is no study of it: "rabbit antibodies", "cat-scratch disease".
_NOT_BEFORE = (
    r"(?<!guinea )(?<!guinea-)(?<!bite of )(?<!bites of )(?<!bitten by )"
    r"(?<!allergy to )(?<!allergic to )(?<!contact with )"
    r"(?<!exposure to )(?<!exposed to )(?<!transmitted by )(?<!anti-)(?<!hot )"
)
_NOT_BEHIND = (
    r"(?![\s-]*(?:shakes?\b|anti\w+|monoclonal|polyclonal|sera|serum|insulin|heparin|bites?|scratch\w*|allerg\w+|dander|hair|fur|"
    r"pox|flu\b|influenza|oil|virus|parvovirus|distemper virus|owners?|contact|exposure|meat|milk|albumin|collagen|"
    r"embryo fibroblasts?|thrombin|trypsin|tapeworm|tick|IgG))"
)
_ENGLISH = {
    name: re.compile(rf"\b{_NOT_BEFORE}{words}\b{_NOT_BEHIND}", re.IGNORECASE) for name, words in _WORDS.items()
}
_HAN = {
    "rats": r"大鼠", "mice": r"小鼠",
    "dogs": r"(?<!狂)(?<!疯)[犬狗](?![咬吠牙齿瘟弓伤])", "cats": r"(?<!熊)猫(?![抓咬眼])",
    "rabbits": r"家兔|新西兰兔|兔(?=模型|[的心肝肾脑])", "guinea pigs": r"豚鼠", "hamsters": r"仓鼠",
    "pigs": r"小型猪|仔猪|猪(?=模型)",
    "monkeys": r"猕猴|食蟹猴|猴(?=模型)", "rodents": r"啮齿动物", "zebrafish": r"斑马鱼",
    "fruit flies": r"果蝇",
    "animals": r"动物(?:模型|实验)|实验动物",
}  # fmt: skip
_CHINESE = {name: re.compile(words) for name, words in _HAN.items()}
PEOPLE = re.compile(
    r"\b(?:humans?|patients?|people|persons?|men|women|man|woman|boys?|girls?|child(?:ren)?|infants?|neonates?|newborns?|"
    r"adults?|adolescents?|volunteers?|probands?|participants?|inpatients?|outpatients?|clinical trials?)\b"
    r"|患者|病人|人类|受试者|志愿者|儿童|婴儿|成人|孕妇|临床试验",
    re.IGNORECASE,
)
"""Words for people in general."""


def species(text: str) -> tuple[str, ...]:
    """The animals that `text` speaks of, in the plural of English, sorted; none where it speaks of people as well."""
    return () if PEOPLE.search(text) else animals(text)


def animals(text: str) -> tuple[str, ...]:
    """The animals that `text` speaks of, whether or not it speaks of people."""
    patterns = (*_ENGLISH.items(), *_CHINESE.items())
    return tuple(sorted({name for name, pattern in patterns if pattern.search(text)}))


def is_animal(name: str) -> bool:
    """Whether `name` is no more than the name of an animal."""
    return any(pattern.fullmatch(name) for pattern in (*_ENGLISH.values(), *_CHINESE.values()))

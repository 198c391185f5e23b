"""What a question names by a word that is made as names of drugs are, and that nothing in the graph bears.

The stems are those that the WHO gives international non-proprietary names (Stem Book, 2018), and the Chinese ones those
of the Chinese approved names; only such as end no other word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.names import Span

_ENGLISH = re.compile(
    r"\b[a-z]{3,}(?:gliflozin|gliptin|glutide|glitazone|tinib|ciclib|rafenib|parib|zomib|lisib|[uximot]mab|tercept|sartan|"
    r"vastatin|[ao]lol|dipine|floxacin|cillin|conazole|azepam|azolam|prazole|prazan|tegravir|[bpt]revir|buvir|ciclovir|"
    r"fovir|parin|xaban|gatran|grelor|lukast|setron|triptan|gepant|fibrate|thiazide|semide|tropium|cycline|thromycin|"
    r"oxetine|triptyline|coxib|dronate|dronic acid|afil)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"[\u4e00-\u9fff]{1,4}(?:格列净|列汀|鲁肽|格列酮|替尼|西利布?|拉非尼|帕利|佐米|单抗|西普|沙坦|伐他汀|洛尔|地平|沙星|西林|"
    r"康唑|西泮|唑仑|拉唑|拉生|替拉韦|布韦|昔洛韦|诺福韦|肝素|沙班|加群|格雷洛?|鲁司特|司琼|曲普坦|吉泮|贝特|噻嗪|塞米|溴铵|"
    r"环素|红霉素|西汀|替林|昔布|膦酸|那非)"
)
_AHEAD = re.compile(r"^.*[服用吃给把和与跟及同使射含换加停将]")
"""What stands ahead of a name in Chinese, which has no blanks."""


def stemmed(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The names, as written, that are made as drugs' are and are none of `spans`."""
    strange: dict[str, None] = {}
    for match in (*_ENGLISH.finditer(text), *_CHINESE.finditer(text)):
        name = _AHEAD.sub("", match[0])
        start = match.end() - len(name)
        if len(name) > 2 and all(match.end() <= span.start or span.end <= start for span in spans):
            strange[name] = None
    return tuple(strange)

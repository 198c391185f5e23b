"""Languages: the codes that sources use, as ISO 639-1, and the language of a text that does not say.

Codes: ISO 639-2 (https://www.loc.gov/standards/iso639-2/), bibliographic and terminological, as MEDLINE has them.
"""

from __future__ import annotations

import re

from text.names import is_chinese

_ISO_639_2 = """
afr:af alb:sq sqi:sq amh:am ara:ar arm:hy hye:hy aze:az baq:eu eus:eu bel:be ben:bn bos:bs bul:bg bur:my mya:my
cat:ca chi:zh zho:zh cze:cs ces:cs dan:da dut:nl nld:nl eng:en epo:eo est:et fin:fi fre:fr fra:fr geo:ka kat:ka
ger:de deu:de gla:gd gle:ga glg:gl gre:el ell:el heb:he hin:hi hrv:hr scr:hr hun:hu ice:is isl:is ind:id ita:it
jpn:ja kaz:kk kin:rw kir:ky kor:ko lat:la lav:lv lit:lt ltz:lb mac:mk mkd:mk mal:ml mao:mi mri:mi may:ms msa:ms
mon:mn nep:ne nor:no nno:nn nob:nb oci:oc per:fa fas:fa pol:pl por:pt pus:ps roh:rm rum:ro ron:ro rus:ru san:sa
slo:sk slk:sk slv:sl spa:es srp:sr scc:sr swa:sw swe:sv tam:ta tel:te tha:th tib:bo bod:bo tur:tr ukr:uk urd:ur
uzb:uz vie:vi wel:cy cym:cy
"""
_TWO_LETTERS = {pair[:3]: pair[4:] for pair in _ISO_639_2.split()}
_KANA = re.compile("[\u3041-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")


def two_letters(code: str) -> str:
    """A language code as ISO 639-1: `chi`, `zho`, `ZH` and `zh-CN` give `zh`. A code without one stays as it is."""
    word = re.split("[-_]", code.strip().lower(), maxsplit=1)[0]
    return _TWO_LETTERS.get(word, word)


def of_text(text: str) -> str:
    """`zh` where Chinese characters are a third of the first 2,000 letters or more (`ja` with kana), else `en`."""
    head = text[:3000]
    kana = len(_KANA.findall(head))
    if not kana and not is_chinese(head):
        return "en"
    letters = _LETTER.findall(head)[:2000]
    chinese = sum(is_chinese(letter) for letter in letters)
    # An English abbreviation takes several letters where Chinese takes one character, hence a third and no half.
    if 3 * (chinese + kana) < len(letters):
        return "en"
    return "ja" if 10 * kana > len(letters) else "zh"

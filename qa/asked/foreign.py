"""That only English and Chinese are answered, in the language of who asks in another."""

from __future__ import annotations

import re

from text.words import folded

_SCRIPTS = (
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
)
_WORDS = {
    "de": folded("der die das und ich wenn ist sind darf kann mein meine nicht welche wie was bei mit gegen für ein"),
    "fr": folded("le la les des est sont quels quelles quel quelle avec pour je mon ma comment peut dans une du"),
    "es": folded("el la los las es qué que mi madre cuál cuáles cómo puedo para con una del tiene mejor por son"),
    "it": folded("il lo gli è sono quali quale come posso per con della di una mio mia effetti che cosa"),
    "pt": folded("o os as é são qual quais como posso para com uma do da não minha meu criança"),
}
_SAID = {
    "de": "Fragen werden nur auf Englisch und Chinesisch beantwortet.",
    "fr": "Seules les questions en anglais et en chinois reçoivent une réponse.",
    "es": "Solo se responden preguntas en inglés y en chino.",
    "it": "Si risponde solo a domande in inglese e in cinese.",
    "pt": "Só são respondidas perguntas em inglês e em chinês.",
    "ru": "Ответы даются только на вопросы на английском и китайском языках.",
    "ja": "英語と中国語の質問にのみお答えします。",
    "ko": "영어와 중국어 질문에만 답변합니다.",
    "ar": "يُجاب عن الأسئلة بالإنجليزية والصينية فقط.",
}


def said_in(text: str) -> str:
    """The sentence in the language of `text`; empty for one that is not told."""
    script = next((language for language, letters in _SCRIPTS if letters.search(text)), "")
    if script:
        return _SAID[script]
    words = folded(text)
    counted = {language: len(words & known) for language, known in _WORDS.items()}
    best = max(counted, key=lambda language: counted[language])
    alone = list(counted.values()).count(counted[best]) == 1
    return _SAID[best] if counted[best] and alone else ""

"""Which language a question is in, told from its script and, for Latin letters, from its small words.

A question has few words and many of them are names of diseases and drugs, which look alike in every European
language. So only function words vote, a word that is also English (`die`, `was`, `les`) never does, and a doubtful
question is taken as English: the worst that follows is that nothing is found.
"""

from __future__ import annotations

import re
import unicodedata

from text.names import CJK

_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(f"[{CJK}]")


def words(text: str) -> frozenset[str]:
    """The words of `text`, which are separated by blanks."""
    return frozenset(text.split())


# What makes a question Chinese even when most of it is Latin letters (drug and gene names).
_CHINESE_GLUE = re.compile(r"[的吗呢什么怎如何哪是有会能可用和与吃治对]")

ENGLISH = words(
    "a an the is are was were be been do does did can could should would may might will has have had what which who "
    "whom whose when where why how of in on at to for from with without by and or not no if than that this these "
    "those it its my your his her their our i you he she we they there any some between about after before during "
    "cause causes treat treats treatment drug drugs disease diseases symptom symptoms patient patients side effect "
    "effects safe take taking interact interaction"
)

# Words of other languages that are no English words and no parts of the Latin names of medicine.
_OTHER: dict[str, frozenset[str]] = {
    "de": words(
        "der das dem den des ein eine einen einer eines und oder ist sind wird werden welche welcher welches wie "
        "warum wann wo wer wessen bei mit ohne gegen für fur nach von vom zum zur aus auf über nicht kein keine ich "
        "mein meine haben hilft gibt kann können auch durch verursacht behandelt krankheit krankheiten "
        "nebenwirkungen symptome"
    ),
    "fr": words(
        "le la une du et ou est sont quel quelle quels quelles que qui quoi comment pourquoi quand où dans avec "
        "sans pour sur par pas mon ma mes ai au aux ce cette ces je il elle nous vous peut provoque traiter soigner "
        "maladie maladies médicament effets secondaires symptômes traitement"
    ),
    "es": words(
        "el la los las una unos y es son cuál cual cuáles cuales qué que quién cómo como cuándo dónde por para con "
        "sin del al en mi mis tengo puede causa tratar enfermedad enfermedades efectos secundarios síntomas "
        "tratamiento medicamento"
    ),
    "it": words(
        "il lo gli una è sono quale quali che chi cosa come perché quando dove con senza del della dei delle nel "
        "nella mio mia ho può causa malattia malattie effetti collaterali sintomi trattamento farmaco"
    ),
    "pt": words(
        "os uma é são qual quais que quem como porque quando onde com sem do da dos das no na meu minha tenho pode "
        "doença doenças efeitos colaterais sintomas tratamento medicamento não"
    ),
    "nl": words(
        "het een zijn wat welke hoe waarom wanneer waar wie met zonder tegen voor naar van mijn niet geen heeft "
        "kan wordt ziekte ziekten bijwerkingen symptomen behandeling geneesmiddel"
    ),
    "pl": words("jest są jakie jaki jaka co kto gdzie kiedy dlaczego czy oraz lub dla bez choroby leczenie"),
    "sv": words("är och eller vad vilka vilken hur varför när för från utan inte har sjukdom biverkningar"),
    "da": words("er og eller hvad hvilke hvordan hvorfor når hvor uden ikke har sygdom bivirkninger ved"),
    "tr": words("nedir neden nasıl hangi için ile ve veya bir mı mi mu hastalık hastalığı belirtileri"),
    "id": words("apa apakah yang dan atau dengan untuk dari bagaimana mengapa penyakit gejala obat adalah"),
    "ro": words("este sunt care ce cum când unde pentru fără și sau boala boli simptome tratament"),
    "vi": words("là gì và của có không những bệnh thuốc triệu chứng điều trị như thế nào"),
}
# A few of those words are also part of names: Cushing's, "maladie de Charcot", "tic douloureux", "la crosse".
_WEAK = words("la le el como que causa es er har kan no na do da com ma al en os du au y mi lo il ou")


def language_of(text: str) -> str | None:
    """`en` or `zh`; None where the text is in another language. A text without a letter counts as `en`."""
    scripts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            script = _script(character)
            scripts[script] = scripts.get(script, 0) + 1
    total = sum(scripts.values())
    if not total:
        return "en"
    chinese, latin = scripts.get("CJK", 0), scripts.get("LATIN", 0)
    if scripts.get("HIRAGANA", 0) + scripts.get("KATAKANA", 0) >= max(2, chinese // 5):
        return None
    if (total - chinese - latin - scripts.get("KANA", 0)) / total > 0.3:
        return None
    latins = [word.casefold() for word in _WORD.findall(_CHINESE.sub(" ", text))]
    if chinese:
        english = sum(word in ENGLISH for word in latins)
        glued = _CHINESE_GLUE.search(text) is not None
        return "zh" if chinese >= 2 * english or (glued and chinese > english) else "en"
    return "en" if _reads_as_english(text, latins) else None


def _reads_as_english(text: str, latins: list[str]) -> bool:
    english = sum(word in ENGLISH for word in latins)
    if "¿" in text or "¡" in text:
        return False
    for vocabulary in _OTHER.values():
        strong = {word for word in latins if word in vocabulary and word not in _WEAK and word not in ENGLISH}
        weak = sum(word in vocabulary and word in _WEAK for word in latins)
        votes = len(strong) + weak / 2
        # One foreign word in an English sentence is a quotation; without any English word, two make a language.
        if votes > english and votes >= (1.5 if english == 0 else 2):
            return False
    return True


def _script(character: str) -> str:
    if character < "\u0250":
        return "LATIN"
    word = unicodedata.name(character, "UNKNOWN").split(" ", 1)[0]
    if word.startswith("CJK"):
        return "CJK"
    # ＡＢＣ and mathematical letters are Latin letters written otherwise.
    return "LATIN" if word in ("FULLWIDTH", "MATHEMATICAL", "MODIFIER", "MICRO") else word

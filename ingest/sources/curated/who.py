"""The WHO's essential medicines as GNU Health has them, in the XML of Tryton of the package
`gnuhealth-who-essential-medicines`: classes, medicines, and of each the pregnancy category.

The categories are the letters that the FDA used until 2015 (A to D, X; N: none given). From D on a letter of itself
speaks against a drug, before that only where the source warns. The Chinese names are in the catalogue `zh_CN.po`, which
is looked for where the package has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from graph.model import Assertion, Entity, Name, Source
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.drug_names import DrugNames, known, together
from ingest.sources.curated.licences import LICENCES
from ingest.sources.curated.packages import files_of
from ingest.sources.curated.pharmacology import CIRCUMSTANCES
from ingest.sources.files.files import lines
from ingest.sources.files.markup import elements, flat
from text.drug_names import ingredients
from text.names import normalise

EXTRACTOR = "who/1"
PACKAGE = "gnuhealth-who-essential-medicines"
_CLASS, _MEDICINE = "gnuhealth.medicament.category", "gnuhealth.medicament"
_TOPS = ("em", "medicament")
"""What holds every medicine and tells nothing."""
_MEANS = {
    "A": ("no risk seen in controlled studies", "对照研究未见风险"),
    "B": ("no risk seen in animals, no controlled studies in women", "动物研究未见风险，尚无人体对照研究"),
    "C": ("harm in animals or no studies", "动物研究有不良影响或缺乏研究"),
    "D": ("evidence of risk to the human fetus", "有对人类胎儿危害的证据"),
    "X": ("risk outweighs any benefit", "风险超过任何获益"),
    "N": ("not classified", "未分级"),
}
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def packaged() -> list[Path]:
    """Classes and medicines of the installed package; empty where it is not installed."""
    return files_of(PACKAGE, "data/medicament_categories.xml", "data/WHO_list_of_essential_medicines.xml")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then each class in the one above, and each medicine with its class and what it is to be used with
    caution in. Raises UnreadableSource, and MalformedFile where the XML breaks off.
    """
    yield Source(
        "who-essential-medicines",
        "curated",
        title="WHO essential medicines (GNU Health)",
        version=_version(path),
        licence=LICENCES["who"].words,
        language="en",
        url="https://www.gnuhealth.org",
    )
    names, chinese = known(), _chinese(path)
    entities: list[Entity] = []
    stated: dict[str, Assertion] = {}
    for number, record in enumerate(elements(path, ("record",)), 1):
        fields = {field.get("name"): field for field in record.iterfind("field")}
        model, id = record.get("model"), record.get("id") or ""
        if model == _CLASS:
            made = list(_class(id, fields, chinese.get(f"{_CLASS},name:{id}", "")))
        elif model == _MEDICINE:
            made = list(_medicine(id, fields, chinese.get(f"{_MEDICINE},active_component:{id}", ""), names))
        else:
            continue
        entities += [one for one in made if isinstance(one, Entity)]
        stated |= {one.id: one for one in made if isinstance(one, Assertion)}
        # A complementary list is a part of its class.
        if not made and id not in _TOPS and not id.endswith("c"):
            yield Failure(str(path), f"record {number}", "a class or medicine without its name")
    yield from together(entities)
    yield from stated.values()


def _version(path: Path) -> str:
    """Of the package, as its configuration beside the data says."""
    beside = path.parent.parent / "tryton.cfg"
    for item in lines(beside) if beside.is_file() else ():
        if isinstance(item, tuple) and item[1].startswith("version="):
            return item[1].partition("=")[2].strip()
    return ""


def _chinese(path: Path) -> dict[str, str]:
    """The Chinese names by what they translate: `gnuhealth.medicament,active_component:meds_em1`."""
    folders = (path.parent, path.parent.parent / "locale")
    catalogue = next((file for folder in folders if (file := folder / "zh_CN.po").is_file()), None)
    names: dict[str, str] = {}
    context, key = "", ""
    for item in lines(catalogue) if catalogue else ():
        if isinstance(item, Failure):
            continue
        word = item[1].strip().partition(" ")[0]
        text = "".join(_QUOTED.findall(item[1]))
        if word in ("msgctxt", "msgid", "msgstr"):
            key = word
            context = text.removeprefix("model:") if word == "msgctxt" else context
        if key == "msgstr" and context and text:
            names[context] = names.get(context, "") + text
    return names


def _class(id: str, fields: dict[str | None, etree._Element], zh: str) -> Iterator[Entity | Assertion]:
    name = flat(fields.get("name"))
    if not name or id in _TOPS or id.endswith("c"):
        return
    plain = name.capitalize() if name.isupper() else name
    yield Entity(_class_id(id), "Concept", plain, (Name(zh, "zh"),) if zh else ())
    above = fields["parent"].get("ref") if "parent" in fields else ""
    if above and above not in _TOPS:
        yield _stated(_class_id(id), "subclass_of", _class_id(above), f"{name}: {above}", id, {})


def _class_id(id: str) -> str:
    return f"WHO:class-{id.removesuffix('c')}"


def _medicine(
    id: str, fields: dict[str | None, etree._Element], zh: str, names: DrugNames
) -> Iterator[Entity | Assertion]:
    name = " ".join(flat(fields.get("active_component")).split())
    if not normalise(name):
        return
    parts = re.split(r" [+–] ", name)
    chinese = re.split(r"\s*[+＋]\s*", zh) if zh else []
    for place, part in enumerate(parts):
        yield from _substance(part, chinese[place] if len(chinese) == len(parts) else "", names)
    drug = _own(name) if len(parts) > 1 else _id(name, names)
    if len(parts) > 1:
        yield Entity(drug, "Drug", name, (Name(zh, "zh"),) if zh else ())
        for part in parts:
            yield _stated(drug, "has_ingredient", _id(part, names), name, id, {})
    category = fields["category"].get("ref") if "category" in fields else ""
    if category:
        yield _stated(drug, "has_role", _class_id(category), f"{name}: {category}", id, {})
    letter = flat(fields.get("pregnancy_category"))
    if letter in _MEANS and (letter in "DX" or flat(fields.get("pregnancy_warning")) == "1"):
        circumstance, english, words = CIRCUMSTANCES["pregnancy"]
        yield Entity(circumstance, "Concept", english, (Name(words, "zh"),))
        why, why_zh = _MEANS[letter]
        yield _stated(
            drug,
            "contraindicated_in" if letter == "X" else "cautioned_in",
            circumstance,
            f"{name}: pregnancy category {letter}",
            id,
            {
                "category": letter,
                "mechanism": f"pregnancy category {letter}: {why}",
                "mechanism_zh": f"妊娠分级{letter}：{why_zh}",
            },
        )


def _substance(name: str, zh: str, names: DrugNames) -> Iterator[Entity]:
    id, bare = _id(name, names), _ASIDE.sub(" ", name).strip()
    preferred = names.names.get(id, bare)
    others = [Name(bare, "en")] if bare != preferred else []
    if zh and not names.mistaken(id, zh):
        others.append(Name(zh, "zh"))
    yield Entity(id, "Drug", preferred, tuple(others))


def _id(name: str, names: DrugNames) -> str:
    """The lexicon's id of a substance, where it knows the name or one in brackets behind it; else one of the list."""
    bare = _ASIDE.sub(" ", name).strip()
    asides = [word.strip() for aside in _ASIDE.findall(name) for word in re.split(r" or |,|/", aside)]
    forms = [form for one in ingredients(bare)[:1] for form in one] if " " in bare else []
    # Last without its salt: potassium chloride is a drug of its own, heparin sodium is heparin.
    tried = (normalise(text) for text in (name, bare, *asides, *forms))
    return next((names.ids[norm] for norm in tried if norm in names.ids), _own(name))


def _own(name: str) -> str:
    return f"WHO:{normalise(name).replace(' ', '-')}"


def _stated(
    subject: str, predicate: str, object: str, sentence: str, record: str, qualifiers: dict[str, str]
) -> Assertion:
    return Assertion.new(
        subject,
        predicate,
        object,
        source="who-essential-medicines",
        sentence=sentence,
        qualifiers=qualifiers,
        record=record,
        extractor=EXTRACTOR,
    )

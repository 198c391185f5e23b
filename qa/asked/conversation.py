"""A turn of a conversation as a question of its own: what it leaves out is taken from the nearest earlier turn that has
it. A turn that is whole stands alone, and what cannot be resolved is asked back.

Only what the asker wrote is read, never an answer: that may have come from elsewhere, and its lists are asked anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.view import GraphView
from qa.asked.leaning import OTHER, Leaning, binding, for_whom, kind_wanted, leaning, own_state
from qa.asked.names import names_in
from text.names import is_chinese, tokens

TURNS = 8
"""How many earlier turns that carry anything are read."""
_STATES = 4
"""How many of those before them are, that tell of the asker's own state: it holds however long ago it was told."""
_LONGEST = 400
"""Characters of an earlier turn that are read."""
_KINDS = ("Drug", "Disease", "Phenotype", "Gene", "Measurement")
_CHOICE = re.compile(r"\b(?:or|vs\.?|versus)\b|还是", re.IGNORECASE)
_GOING_ON = re.compile(r"(?:and|but|what if|if)\b|那", re.IGNORECASE)
_WITH = re.compile(
    r"^\W*(?:and|or|but|what about|how about)?\W*(?:together )?with\b|^那?(?:和|跟|与|同)", re.IGNORECASE
)
_MAY = re.compile(r"\b(?:ok(?:ay)?|all ?right|fine|can|may|should)\b|可以|能|行", re.IGNORECASE)
_LEFT = {
    "en": "What does “{said}” refer to? Please name the drug, disease or finding, and ask again.",
    "zh": "“{said}”指的是什么？请写明药物、疾病或症状的名称后再问。",
}
_LIST = {
    "en": "Which ones are meant by “{said}”? Please name them, and ask again.",
    "zh": "“{said}”指的是哪几个？请写明名称后再问。",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """`text` is the question to answer; `changed` tells whether anything was carried over, `missing` asks back."""

    text: str
    changed: bool = False
    missing: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    surface: str
    type: str
    start: int
    end: int


@dataclass(slots=True)
class _Conversation:
    view: GraphView
    turns: tuple[str, ...]
    of_patient: bool
    _names: dict[str, list[_Named]] = field(default_factory=dict)
    _whole: dict[int, str] = field(default_factory=dict)

    def names(self, text: str) -> list[_Named]:
        """The things that a text names, each once."""
        if text not in self._names:
            spans = names_in(text, tokens(text), self.view)
            found: dict[str, _Named] = {}
            for span in spans:
                kinds = [entity.type for entity in span.entities if entity.type in _KINDS]
                surface = text[span.start : span.end]
                if kinds and not for_whom(surface):
                    found.setdefault(surface.casefold(), _Named(surface, kinds[0], span.start, span.end))
            self._names[text] = list(found.values())
        return self._names[text]

    def whole(self, at: int) -> str:
        """An earlier turn as a question of its own."""
        if at not in self._whole:
            self._whole[at] = self.turns[at]
            self._whole[at] = self.resolved(self.turns[at], at).text
        return self._whole[at]

    def nearest(self, before: int, kind: str, at_least: int = 1) -> list[_Named]:
        """What the nearest earlier turn names, of this kind if there is any, at least so many."""
        for wanted in (kind, "") if kind else ("",):
            for at in range(before - 1, -1, -1):
                for text in (self.turns[at], self.whole(at)):
                    named = [one for one in self.names(text) if not wanted or _same_kind(one.type, wanted)]
                    if at_least > 1:
                        named = _alike(named, at_least)
                    if len(named) >= at_least:
                        return named
        return []

    def resolved(self, text: str, at: int) -> Turn:
        """A turn with `at` turns before it."""
        lean = leaning(text)
        own = self.names(text)
        if lean.ordinal and (lean.place != 0 or not own):
            return self._ordinal(text, at, lean, lean.ordinal) if at or not own else Turn(text)
        if lean.which and len(own) < 2:
            return self._which(text, at, lean)
        if not at:
            return self._alone(text, lean, own)
        if lean.why:
            return _joined(self.whole(at - 1), text)
        if lean.correction and own:
            return self._corrected(text, at, own)
        return self._with_state(self._left_out(text, at, lean, own), at)

    def _left_out(self, text: str, at: int, lean: Leaning, own: Sequence[_Named]) -> Turn:
        """A later turn by what it says instead of its subject, or that it says none."""
        if lean.pronoun and not (self.of_patient and not self._anything(at)):
            return self._pronoun(text, at, lean.pronoun, own)
        if lean.short and len(own) <= 1:
            return self._short(text, at, lean, own)
        if lean.goes_on and kind_wanted(text) == "Drug" and not any(one.type in ("Drug", "Disease") for one in own):
            return self._subject(text, at, lean)
        if own:
            return Turn(text)
        if lean.opens or len(tokens(text)) <= 6:
            return self._subject(text, at, lean)
        return Turn(text)

    def _anything(self, at: int) -> bool:
        return any(self.names(turn) for turn in self.turns[:at])

    def _alone(self, text: str, lean: Leaning, own: Sequence[_Named]) -> Turn:
        """The first turn: what leans on nothing is asked back, where it says nothing else."""
        if own or self.of_patient or len(tokens(text)) > 9:
            return Turn(text)
        bare = lean.short and not for_whom(text) and text.lower().startswith(("and ", "what about", "how about", "那"))
        if lean.pronoun and (kind_wanted(text) or bare):
            return Turn(text, missing=_LEFT[lean.language].format(said=lean.pronoun.group()))
        return Turn(text)

    def _ordinal(self, text: str, at: int, lean: Leaning, said: re.Match[str]) -> Turn:
        """`the second one` of those that an earlier turn lists."""
        listed = self.nearest(at, "", 2)
        place = lean.place
        if place == OTHER and len(listed) >= 2:
            lately = [one for turn in self.turns[:at][-2:] for one in self.names(turn) if len(self.names(turn)) == 1]
            place = 0 if lately and lately[-1].surface.casefold() == listed[-1].surface.casefold() else 1
        if not listed or place >= len(listed):
            if self.names(text) or (not kind_wanted(text) and len(tokens(text)) > 6):
                return Turn(text)
            return Turn(text, missing=_LIST[lean.language].format(said=said.group().strip()))
        name = listed[place].surface
        new = f"{text[: said.start()]}{_spaced(name, lean.language)}{text[said.end() :]}"
        return Turn(_tidy(new), changed=True)

    def _which(self, text: str, at: int, lean: Leaning) -> Turn:
        """`which of them is safest?`"""
        listed = self.nearest(at, "", 2)
        if not listed:
            if not at and not lean.pronoun:
                return Turn(text)
            missing = _LIST[lean.language].format(said=lean.pronoun.group() if lean.pronoun else text.strip("?？ "))
            return Turn(text, missing=missing) if not self.nearest(at, "") else self._subject(text, at, lean)
        asked = [turn for turn in self.turns[:at] if all(one in self.names(turn) for one in listed)]
        if asked and _CHOICE.search(asked[-1]) and not re.search(r"\b(?:them|these|those)\b|它们|这", text):
            return _joined(asked[-1], text)
        names = _list([one.surface for one in listed], lean.language)
        if lean.language == "zh":
            return Turn(f"{names}，{re.sub('它们|这几个|这两个|这些|两者|其中|上面', '', text)}", changed=True)
        new = re.sub(r"\b(?:them|these|those|the two|the three|both)\b", names, text, count=1, flags=re.IGNORECASE)
        return Turn(new if new != text else f"{names}: {text}", changed=True)

    def _corrected(self, text: str, at: int, own: Sequence[_Named]) -> Turn:
        """`no, I meant clopidogrel`: the earlier question of that."""
        before = self.whole(at - 1)
        there = self.names(before)
        known = {one.surface.casefold() for one in there}
        new = [one for one in own if one.surface.casefold() not in known]
        taken_back = [one for one in own if one.surface.casefold() in known]
        if not new:
            return _joined(before, text)
        back = {one.surface.casefold() for one in taken_back}
        alike = [one for one in reversed(there) if _same_kind(one.type, new[0].type)]
        old = next((one for one in (*(one for one in there if one.surface.casefold() in back), *alike)), None)
        if old is None:
            return Turn(text)
        return Turn(_replaced(before, old, new[-1].surface), changed=True)

    def _short(self, text: str, at: int, lean: Leaning, own: Sequence[_Named]) -> Turn:
        """`and aspirin?`: the same of that; `and in children?`: the same for them."""
        before = self.whole(at - 1)
        there = self.names(before)
        if own:
            alike = [one for one in there if _same_kind(one.type, own[0].type)]
            if (
                alike
                and not (lean.alone and len(alike) > 1)
                and alike[0].surface.casefold() != own[0].surface.casefold()
            ):
                # `and with X?` asks it of what stands first, with X for what that was with.
                old = alike[-1 if _WITH.search(text) else 0]
                return Turn(_replaced(before, old, own[0].surface), changed=True)
            return _joined(before, text) if there else Turn(text)
        whom = for_whom(text)
        drug = next((one for one in there or self.nearest(at, "Drug") if one.type == "Drug"), None)
        if whom and drug and not re.search(r"\bdos|剂量|用量|毫克|多少|\bmg\b", before, re.IGNORECASE):
            safe = "{whom}能用{drug}吗？" if lean.language == "zh" else "Is {drug} safe in {whom}?"
            return Turn(safe.format(whom=whom, drug=drug.surface), changed=True)
        if not there:
            return self._subject(text, at, lean)
        if whom and lean.language == "en":
            return Turn(f"{before.rstrip('?. ')} in {whom}?", changed=True)
        return _joined(before, text)

    def _pronoun(self, text: str, at: int, said: re.Match[str], own: Sequence[_Named]) -> Turn:
        """`what are its contraindications?`"""
        language = "zh" if is_chinese(text) else "en"
        kind = "" if own and kind_wanted(text) == own[0].type else kind_wanted(said.group()) or kind_wanted(text)
        known = {one.surface.casefold() for one in own}
        meant = [one for one in self.nearest(at, kind) if one.surface.casefold() not in known]
        if not meant:
            if own or not kind_wanted(text):
                return Turn(text)
            return Turn(text, missing=_LEFT[language].format(said=said.group()))
        meant = [one for one in meant if _same_kind(one.type, meant[0].type)][:3]
        name = _list([one.surface for one in meant], language)
        if said.group().lower() in ("its", "their", "theirs"):
            name += "'s"
        elif said.group().endswith("的"):
            name += "的"
        new = f"{text[: said.start()]}{_spaced(name, language)}{text[said.end() :]}"
        return Turn(_tidy(new), changed=True)

    def _subject(self, text: str, at: int, lean: Leaning) -> Turn:
        """A turn without a subject: that of the nearest turn that has one, named before it."""
        meant = self.nearest(at, kind_wanted(text))
        if meant and at and not kind_wanted(text) and _GOING_ON.match(text.strip()):
            return _joined(self.whole(at - 1), text)
        if not meant:
            return _joined(self.turns[at - 1], text) if self.of_patient else Turn(text)
        meant = [one for one in meant if _same_kind(one.type, meant[0].type)][:3]
        name = _list([one.surface for one in meant], lean.language)
        said = re.sub(r"^(?:and|so|ok(?:ay)?|but|then)[, ]+", "", text, flags=re.IGNORECASE)
        said = re.sub(r"^那么?", "", said)
        new = f"{name}，{said}" if lean.language == "zh" else f"{name}: {said}"
        return Turn(new, changed=True)

    def _with_state(self, turn: Turn, at: int) -> Turn:
        """With what the asker told of their state before: `I have asthma` counts for what is asked later."""
        drugs = any(one.type == "Drug" for one in self.names(turn.text))
        if turn.missing or not drugs or not (kind_wanted(turn.text) == "Drug" or _MAY.search(turn.text)):
            return turn
        words = self._state(turn.text, at)
        if not words:
            return turn
        added = f"（{'；'.join(words)}）" if is_chinese(turn.text) else f" ({'; '.join(words)})"
        return Turn(f"{turn.text.rstrip()}{added}", changed=True)

    def _state(self, text: str, at: int) -> list[str]:
        """What the asker told before of their state, and the text does not have: diseases, then all else as said.
        To leave out who one is and what one takes is to call safe what harms this very person."""
        told = [before for before in self.turns[:at] if own_state(before)]
        bound = [before.strip(" .。!！") for before in told if binding(before)][-_STATES:]
        ill = dict.fromkeys(
            one.surface for before in told for one in self.names(before) if one.type in ("Disease", "Phenotype")
        )
        known = (text, *bound)
        new = [name for name in ill if not any(name.casefold() in one.casefold() for one in known)][:2]
        chinese = is_chinese(text)
        words = [("有" if chinese else "I have ") + _list(new, "zh" if chinese else "en")] if new else []
        return words + [before for before in bound if before.casefold() not in text.casefold()]


def resolve(text: str, earlier: Sequence[str], view: GraphView, *, of_patient: bool = False) -> Turn:
    """The turn as a question of its own; `earlier` are the same asker's turns, oldest first. Raises what the graph
    raises."""
    every = [turn.strip()[:_LONGEST] for turn in earlier if tokens(turn)]
    carrying = [turn for turn in every[:-TURNS] if own_state(turn)][-_STATES:] + every[-TURNS:]
    return _Conversation(view, tuple(carrying), of_patient).resolved(text, len(carrying))


def _alike(named: Sequence[_Named], at_least: int) -> list[_Named]:
    """Those of the first kind of which there are enough; drugs before diseases."""
    for kind in ("Drug", "Gene", "Disease"):
        these = [one for one in named if _same_kind(one.type, kind)]
        if len(these) >= at_least:
            return these
    return []


def _same_kind(one: str, other: str) -> bool:
    ill = ("Disease", "Phenotype")
    return one == other or (one in ill and other in ill)


def _list(names: Sequence[str], language: str) -> str:
    if language == "zh":
        return "、".join(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _spaced(name: str, language: str) -> str:
    return name if language == "zh" else f" {name} "


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"^(?:and|so|ok(?:ay)?|but|then)[, ]+", "", text, flags=re.IGNORECASE)
    return re.sub(r" (?=[?.,!;:])", "", text)


def _replaced(text: str, old: _Named, new: str) -> str:
    return f"{text[: old.start]}{new}{text[old.end :]}"


def _joined(before: str, text: str) -> Turn:
    comma = "，" if is_chinese(text) else ", "
    return Turn(f"{before.rstrip(' ?？。.')}{comma}{text.strip()}", changed=True)

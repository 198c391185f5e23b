"""How a drug's page is printed for a person, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

import click

from api.cli.common import clean, paragraph
from api.cli.drug_words import WORDS, Say, grounds
from api.schemas.drug_pages import (
    AlternativeOut,
    DrugOut,
    FactOut,
    MechanismOut,
    StepOut,
)
from graph.schema import PREDICATES
from qa.drugs.page.model import SECTIONS, Section
from qa.evidence.qualifying import in_chinese
from qa.evidence.severity import SEVERITIES

SHOWN = 8
"""So many facts of a section where none is asked for by itself."""
SHOWN_OF: Mapping[Section, int] = {"effects": 15, "interactions": 12, "mechanisms": 4}
"""The sections of which it is another number."""
WORTH = 320
"""So many characters of a guideline's advice where its section is not asked for by itself."""
TOLD: tuple[Section, ...] = ("indications", "effects", "contraindications", "circumstances", "interactions")
"""The sections of which it is told that there is nothing: silence would read as an answer."""
UNGRADED = ("", "N/A")
"""What guidelines say where they give no grade."""
WAYS = 2
"""So many chains of one mechanism."""


def show(result: DrugOut, *, whole: bool, only: bool = False) -> None:
    """Print the page. `whole` shows all of each section that is there; `only` leaves out what is not of a section."""
    _Page(result, whole, only).show()


def alike(chains: Sequence[Sequence[StepOut]]) -> list[tuple[Sequence[StepOut], list[str]]]:
    """The chains with the names they run through; those that differ in one of them are one: `COX-1 / COX-2`."""
    ways: dict[object, tuple[Sequence[StepOut], list[str]]] = {}
    for chain in chains:
        names = [chain[0].start.name, *(step.end.name for step in chain)]
        does = tuple((step.predicate, step.backwards) for step in chain)
        for place in range(len(names)):
            like = ways.get((does, place, tuple(names[:place]), tuple(names[place + 1 :])))
            if like is not None:
                like[1][place] += f" / {names[place]}"
                break
        else:
            way = (chain, list(names))
            for place in range(len(names)):
                ways[does, place, tuple(names[:place]), tuple(names[place + 1 :])] = way
    return list({id(way): way for way in ways.values()}.values())


class _Page:
    def __init__(self, result: DrugOut, whole: bool, only: bool) -> None:
        self._result, self._whole, self._only = result, whole, only
        self._say = Say(result.language)

    def show(self) -> None:
        if not self._only:
            self._identity()
        lines: Mapping[Section, Callable[[FactOut], str]] = {
            "classes": self._class, "products": self._plain, "authorisations": self._authorised,
            "indications": self._use, "denied": self._plain, "targets": self._action, "enzymes": self._action,
            "expression": self._action, "effects": self._effect, "contraindications": self._condition,
            "circumstances": self._condition, "allergies": self._allergy, "genotypes": self._genotype,
            "interactions": self._interaction, "follows": self._interaction,
        }  # fmt: skip
        for section in SECTIONS:
            if section == "mechanisms":
                self._mechanisms()
            elif section == "alternatives":
                self._alternatives()
            elif section in self._result.sections:
                self._section(section, lines[section])
        self._say.head("sources")
        self._say.sources(self._result.sources)
        if self._result.closed:
            self._say.head("closed")
            self._say.sources(self._result.closed)

    def _identity(self) -> None:
        drug, say = self._result, self._say
        click.echo(clean(f"{drug.name} ({drug.id})"))
        names = [name for language in ("en", "zh") for name in drug.names[language]]
        lines = [say("names", ", ".join(names))] if names else []
        lines += [f"{system}: {', '.join(codes)}" for system, codes in drug.codes.items()]
        held = [one.name for one in drug.ingredients if one.id != drug.id]
        lines += [say("holds", say.listed(held))] if held else []
        lines += [say("read", drug.read_as)] if drug.read_as else []
        lines += [say("also", ", ".join(f"{one.name} ({one.id})" for one in drug.also))] if drug.also else []
        lines += [drug.definition] if drug.definition else []
        lines += [say(drug.kind)] if drug.kind in ("class", "combination") else []
        for line in lines:
            click.echo(paragraph(line, "  "))
        if drug.members:
            say.head("members", total=len(drug.members))
            click.echo(paragraph(", ".join(one.name for one in drug.members), "  "))

    def _section(self, section: Section, line: Callable[[FactOut], str]) -> None:
        facts = self._result.sections[section].facts
        if not facts and not self._only and section not in TOLD:
            return
        self._say.head(section, total=len(facts))
        if not facts:
            click.echo(paragraph(self._say.nothing(len(self._result.closed)), "  "))
        if section == "interactions":
            self._counts()
        for fact in facts if self._whole else facts[: SHOWN_OF.get(section, SHOWN)]:
            against = ", ".join(dict.fromkeys(row.source for row in fact.against))
            semicolon = "；" if self._say.chinese else "; "
            mark = f"{semicolon}{self._say('disputed', against)}" if fact.disputed else ""
            click.echo(paragraph(f"{line(fact)}{mark} [{', '.join(fact.sources)}]", "  "))
            self._say.quoted(fact.statements)
        self._more(len(facts), section)

    def _more(self, total: int, section: Section) -> None:
        shown = SHOWN_OF.get(section, SHOWN)
        if total > shown and not self._whole:
            click.echo(f"  {self._say('more', total - shown, section)}")

    def _counts(self) -> None:
        for source, counts in self._result.counts.items():
            told = ", ".join(f"{self._say.severity(s)} {counts[s]:,}" for s in SEVERITIES if s in counts)
            click.echo(paragraph(self._say("counts", source, told), "  "))

    def _of(self, fact: FactOut) -> str:
        """What the statements speak of, where that is a class or only some of what a preparation holds."""
        told = [self._say("of", self._say.listed(fact.of))] if fact.of else []
        told += [self._say("via", fact.because[-1].words.rstrip(".。"))] if fact.because else []
        return f" ({('；' if self._say.chinese else '; ').join(told)})" if told else ""

    def _plain(self, fact: FactOut) -> str:
        told = f" ({fact.details['grounds']})" if "grounds" in fact.details else ""
        return f"{fact.name}{told}{self._of(fact) if fact.kind != 'product' else ''}"

    def _class(self, fact: FactOut) -> str:
        return f"{fact.name} ({fact.details.get('code') or fact.id})"

    def _authorised(self, fact: FactOut) -> str:
        return (
            f"{fact.name}: {fact.kind} ({', '.join(fact.details[k] for k in ('record', 'date') if k in fact.details)})"
        )

    def _use(self, fact: FactOut) -> str:
        members = f" ({fact.details['members']})" if "members" in fact.details else ""
        told = f"{grounds(fact.details, self._say)}{members}{self._of(fact)}"
        return f"{self._say(fact.kind)}{self._say.colon}{fact.name}{told}"

    def _action(self, fact: FactOut) -> str:
        told = [self._say(k) if k in ("narrow", "activated") else v for k, v in fact.details.items()]
        does = self._say(fact.kind) if fact.kind in WORDS else self._say.predicate(fact.kind)
        mark = "，" if self._say.chinese else ", "
        blank = "" if does.endswith("：") else " "
        return f"{does}{blank}{fact.name}" + (f" ({mark.join(told)})" if told else "") + self._of(fact)

    def _effect(self, fact: FactOut) -> str:
        if "frequency" not in fact.details:
            return f"{fact.name}{self._of(fact)}"
        placebo = f" ({self._say('placebo', fact.details['placebo'])})" if "placebo" in fact.details else ""
        return f"{fact.name}{self._say.colon}{fact.details['frequency']}{placebo}{self._of(fact)}"

    def _condition(self, fact: FactOut) -> str:
        words = fact.details.get("words", fact.name)
        why = f"{self._say.colon}{fact.details['why']}" if "why" in fact.details else ""
        return f"{self._say(fact.kind)}  {words}{why}{self._of(fact)}"

    def _allergy(self, fact: FactOut) -> str:
        why = f"{self._say.colon}{fact.details['why']}" if "why" in fact.details else ""
        risk = "none risk" if fact.kind == "none" else fact.kind
        return f"{self._say(risk) if risk in WORDS else risk}  {fact.name}{why}{self._of(fact)}"

    def _genotype(self, fact: FactOut) -> str:
        details = fact.details
        population = f" ({details['population']})" if "population" in details else ""
        grade = f"{in_chinese(fact.kind) if self._say.chinese else fact.kind}  " if fact.kind not in UNGRADED else ""
        advice = details.get("advice", "")
        if len(advice) > WORTH and not self._whole:
            advice = advice[:WORTH].rpartition(" ")[0] + " …"
        return f"{grade}{details.get('genotype', fact.name)}{population}{self._say.colon}{advice}"

    def _interaction(self, fact: FactOut) -> str:
        told = [fact.details["mechanism"]] if "mechanism" in fact.details else []
        told += [self._say("do", fact.details["management"])] if "management" in fact.details else []
        words = [one for one in fact.details.get("severity", "").split("; ") if one.rpartition(": ")[2] != fact.kind]
        own = f" ({'; '.join(words)})" if any(words) else ""
        mark = self._say.stop if told else ""
        return f"{self._say.severity(fact.kind)}  {fact.name}{own}{mark}{' '.join(told)}{self._of(fact)}"

    def _mechanisms(self) -> None:
        mechanisms = self._result.mechanisms
        if mechanisms is None or not (mechanisms.paths or self._only):
            return
        self._say.head("mechanisms", total=mechanisms.total)
        if not mechanisms.paths:
            click.echo(paragraph(self._say.nothing(len(self._result.closed)), "  "))
        for one in mechanisms.paths if self._whole else mechanisms.paths[: SHOWN_OF["mechanisms"]]:
            self._mechanism(one)
        self._more(len(mechanisms.paths), "mechanisms")

    def _mechanism(self, one: MechanismOut) -> None:
        click.echo(paragraph(f"{one.disease.name} [{one.source}: {one.record}]", "  "))
        ways = alike(one.chains)
        shown = ways if self._whole else ways[:WAYS]
        for chain, names in shown:
            steps = (self._step(step, name) for step, name in zip(chain, names[1:], strict=True))
            click.echo(paragraph(names[0] + "".join(steps), "    "))
        if len(ways) > len(shown):
            click.echo(f"    {self._say('chains', len(ways) - len(shown))}")
        if one.beside and self._whole:
            click.echo(paragraph(self._say("beside", " ".join(link.words for link in one.beside)), "    "))

    def _step(self, step: StepOut, end: str) -> str:
        words = self._say.predicate(step.predicate)
        if PREDICATES[step.predicate].symmetric:
            return f" —{words}— {end}"
        return f" ←{words}— {end}" if step.backwards else f" —{words}→ {end}"

    def _alternatives(self) -> None:
        others = self._result.alternatives
        if others is None or not (others.alternatives or self._only):
            return
        say = self._say
        say.head("alternatives", total=others.total)
        say.unknown(others.unknown)
        if not others.alternatives:
            click.echo(paragraph(say.nothing(len(self._result.closed)), "  "))
        groups = [list(group) for _, group in groupby(others.alternatives, key=lambda one: one.indication.id)]
        for group in groups if self._whole else groups[:SHOWN]:
            click.echo(paragraph(group[0].indication.name, "  "))
            free = [one for one in group if not one.interacts]
            for word, some in (
                ("same class", [one for one in free if one.same_class]),
                ("other class", [one for one in free if not one.same_class]),
                ("grave", [one for one in group if one.interacts]),
            ):
                self._others(word, some)
        self._more(len(groups), "alternatives")

    def _others(self, word: str, some: Sequence[AlternativeOut]) -> None:
        if not some:
            return
        shown = some if self._whole else some[:SHOWN]
        names = [f"{one.name} [{', '.join(one.sources)}]" if self._whole else one.name for one in shown]
        names = [
            f"{name}: {self._say('interacts', self._say.hits(one.interacts))}" if one.interacts else name
            for name, one in zip(names, shown, strict=True)
        ]
        click.echo(paragraph(f"{self._say(word)}: {'; '.join(names)}", "    "))
        if len(some) > len(shown):
            click.echo(f"      {self._say('more', len(some) - len(shown), 'alternatives')}")

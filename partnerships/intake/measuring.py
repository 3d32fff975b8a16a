"""How right proposals are, and how many of the facts they find, against what a careful reader found in the same texts."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from partnerships.intake.reading import decoded
from partnerships.intake.recognition import Gazetteer, recognise
from partnerships.values.text import normalise

# A reader writes these down as printed, and the register calls them by their other script: both are the same fact.
NAMED = {"place", "organisation", "person", "home"}


@dataclass
class Measured:
    """Counts by kind: what was proposed, what of it is right, what is there."""

    proposed: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)
    there: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Proposals right among those made."""
        return self.right.total() / max(self.proposed.total(), 1)

    @property
    def recall(self) -> float:
        """Facts proposed among those there."""
        return self.right.total() / max(self.there.total(), 1)

    def lines(self) -> list[str]:
        """The figures by kind, and of all."""
        rows = [f"{'kind':14}{'proposed':>9}{'right':>7}{'there':>7}{'precision':>11}{'recall':>8}"]
        for kind in [*sorted(self.there | self.proposed), "all"]:
            counts = (self.proposed, self.right, self.there)
            made, right, there = (one.total() if kind == "all" else one[kind] for one in counts)
            said = [f"{right / of:.2f}" if of else "–" for of in (made, there)]
            rows.append(f"{kind:14}{made:9}{right:7}{there:7}{said[0]:>11}{said[1]:>8}")
        return rows


def gold_of(path: Path) -> list[tuple[str, set[str]]]:
    """The facts of a text: its kind and the ways in which it may be written."""
    facts = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, colon, values = line.partition(": ")
        if colon:
            facts.append((kind, {key_of(value) for value in values.split(" = ")}))
    return facts


def key_of(value: str) -> str:
    """A value as it is compared."""
    return normalise(value) or value


def measure(texts: Path, gold: Path, gazetteer: Gazetteer) -> Measured:
    """The measure of all texts in a folder whose facts stand in another under the same name."""
    measured = Measured()
    for path in sorted(texts.glob("*.txt")):
        facts = gold / f"{path.stem}.gold"
        if facts.exists():
            compare(path.stem, decoded(path.read_bytes()), gold_of(facts), gazetteer, measured)
    return measured


def compare(name: str, text: str, facts: list[tuple[str, set[str]]], gazetteer: Gazetteer, into: Measured) -> None:
    """Add what a text gives; a fact that is proposed twice counts once."""
    open_facts = list(facts)
    into.there.update(kind for kind, _values in facts)
    made = {(one.kind, key_of(one.measured)): one for one in recognise(text, gazetteer)}
    for (kind, key), one in made.items():
        keys = {key, key_of(one.quotation)} if kind in NAMED else {key}
        fact = next((fact for fact in facts if fact[0] == kind and keys & fact[1]), None)
        if fact and fact not in open_facts:
            continue
        into.proposed[kind] += 1
        if fact:
            open_facts.remove(fact)
            into.right[kind] += 1
        else:
            into.wrong.append(f"{name} ¶{one.span.paragraph} {kind}: {one.measured}")
    into.missed += [f"{name} {kind}: {' = '.join(sorted(values))}" for kind, values in open_facts]

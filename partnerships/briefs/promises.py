"""What each side asked for and promised, and what became of it; what is still to be done."""

from partnerships.briefs.more import more
from partnerships.briefs.people import named
from partnerships.briefs.reading import Material
from partnerships.papers.proof import Proof
from partnerships.papers.words import Line, Section, Words, day, line, link, sentence, strong, unknown
from partnerships.records.pages import Look
from partnerships.undertakings.models import Standing, Undertaking
from partnerships.visits.models import FollowUp

NOBODY = "nobody yet"
NONE = {Standing.ASKED: "Answer: none recorded.", Standing.STATED: ""}


def of_line(one: Undertaking, material: Material, proof: Proof, look: Look, *, standing: bool = True) -> Line:
    """A line with who said it, the words of the source, and what became of it."""
    who = named(one.by, look)
    by = [", by ", who] if who else []
    firm = f" ({one.get_standing_display()}" if standing else ""
    quoted = proof.quote(one, but=one.wording) if standing else None
    stop = ")." if standing else "."
    detail = f" {sentence(one.detail)}" if one.detail and standing else ""
    head = [strong(one), firm, *by, stop, detail, quoted, proof.cite(one, most=1)]
    return line(*head, " ", *became(one, material, look))


def is_open(one: Undertaking, material: Material) -> bool:
    """Whether nothing shows that it came to something, and nothing was or is to be done about it."""
    return not (one.evidence or one.shown_by.all() or any(row.undertaking_id == one.pk for row in material.follow_ups))


def became(one: Undertaking, material: Material, look: Look) -> list[Words | str]:
    """What shows that it came to something, and what was or is to be done about it."""
    found: list[Words | str] = []
    for row in one.shown_by.all():
        found += ["Shown by ", link(row.record), f": {sentence(row.words)} " if row.words else ". "]
    if one.evidence:
        found.append(f"{sentence(one.evidence)} ")
    for row in material.follow_ups:
        if row.undertaking_id == one.pk:
            found += [link(row), f": {state(row)}. "]
    missing = NONE.get(Standing(one.standing), "Evidence: none recorded.")
    return found or ([unknown(missing)] if missing else [])


def state(one: FollowUp) -> str:
    """Whether it is done, or who is to do it until when."""
    if one.done_on:
        told = f"done {day(one.done_on)}"
        return f"{told}: {one.outcome}".rstrip(".") if one.outcome else told
    due = f"due {day(one.due_on)}" if one.due_on else "no day set"
    return f"{one.owner or NOBODY}, {due}"


def asked(material: Material, proof: Proof, look: Look) -> Section:
    """What was asked and promised at this visit."""
    lines = material.of(material.visit) if material.visit else []
    drawn = [of_line(one, material, proof, look) for one in lines]
    only_asked = all(one.standing == Standing.ASKED for one in lines)
    title = "What was asked" if lines and only_asked else "What was asked and promised"
    numbered = [Line(one.words, f"{number}.", one.under) for number, one in enumerate(drawn, 1)]
    return Section("asked", title, numbered)


def to_do(material: Material, look: Look) -> Section:
    """Open follow-ups, those that are overdue first."""
    rows = [one for one in material.follow_ups if one.done_on is None]
    lines = [*(of_follow_up(one, look) for one in rows), *more(material, "follow-ups")]
    return Section("follow-ups", "Still to be done", lines)


def of_follow_up(one: FollowUp, look: Look) -> Line:
    """A follow-up: when it is due, who does it, and what it follows."""
    if one.due_on is None:
        due = unknown("no day set")
    else:
        due = Words(f"{'overdue since' if one.due_on < look.today else 'due'} {day(one.due_on)}")
    who = Words(str(one.owner)) if one.owner else unknown(NOBODY)
    return line(strong(one), ": ", who, ", ", due, ". After ", link(one.belonging), ".")

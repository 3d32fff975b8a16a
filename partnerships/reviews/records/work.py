"""The areas of cooperation in a review: each with what shows that it came to something, or that nothing does yet."""

from collections.abc import Sequence

from partnerships.papers.proof import Proof
from partnerships.papers.words import Line, Section, Words, line, link, sentence, strong, unknown
from partnerships.records.pages import Look
from partnerships.reviews.records.reading import Held
from partnerships.undertakings.models import Undertaking
from partnerships.undertakings.records.candidates import Candidate, candidates_of
from partnerships.undertakings.records.signs import signs_of


def areas(material: Held, proof: Proof, look: Look) -> Section:
    """The areas in the source's words with their codes; a line says how many show signs of life."""
    suggested = candidates_of(material.areas, look)
    lines = [
        of_area(number, one, suggested.get(one.pk, ()), proof, look) for number, one in enumerate(material.areas, 1)
    ]
    shown = sum(bool(one.evidence or signs_of(one, look.today)) for one in material.areas)
    counted = f": {len(lines)}, {shown or 'none'} with evidence" if lines else ""
    return Section("areas", f"Areas of cooperation{counted}", lines)


def of_area(number: int, one: Undertaking, suggested: Sequence[Candidate], proof: Proof, look: Look) -> Line:
    """An area, its codes, and under it the evidence or that there is none, and what may be evidence."""
    codes = [term.label for term in (*one.activities.all(), *one.subjects.all())]
    said = proof.quote(one, but=f"{one.wording} {one.detail}")
    below = [line(sentence(one.detail))] if one.detail else []
    below += [
        line(Words(f"Codes: {'; '.join(codes)}.", tone="quiet")) if codes else line(unknown("No code is recorded."))
    ]
    below += evidence(one, look)
    below += [of_candidate(each) for each in suggested]
    return line(
        strong(one), f" ({one.get_standing_display()}).", said, proof.cite(one, most=1), mark=f"{number}.", under=below
    )


def evidence(one: Undertaking, look: Look) -> list[Line]:
    """What shows that something happened, the newest first."""
    told = []
    for sign in signs_of(one, look.today):
        dated = Words(sign.when.words) if sign.when else unknown("when, is not known")
        shows = f": {sentence(sign.words)}" if sign.words else ""
        told.append(line(Words("Evidence: ", tone="strong"), link(sign.record), ", ", dated, shows or "."))
    if one.evidence:
        told.append(line(Words("Evidence: ", tone="strong"), sentence(one.evidence)))
    return told or [line(unknown("Evidence: none yet."))]


def of_candidate(each: Candidate) -> Line:
    """A record that may be evidence, with the reasons why; nothing is linked by itself."""
    dated = f", {each.when.words}" if each.when else ""
    return line(unknown("May be evidence: "), Words(each.title, each.address), f"{dated} ({'; '.join(each.why)}).")

"""Programmes and cohorts in a line of a paper, in numbers as far as known."""

from partnerships.papers.proof import Proof
from partnerships.papers.words import Line, Words, line, listed, strong, told, unknown
from partnerships.programmes.models import NUMBERS, Cohort, Programme


def of_programme(one: Programme, proof: Proof) -> Line:
    """A programme: its type, its institutions, for whom, and its cohorts."""
    kind = told(str(one.type or ""), f"type {proof.gap(one, 'type')}")
    roles = [Words(f"{row.organisation} ({row.get_role_display()})") for row in one.institutions.all()]
    for_whom = f" For {one.audience}." if one.audience else ""
    cohorts = [of_cohort(row, proof) for row in one.cohorts.all()]
    under = cohorts or [line(unknown("No cohort is recorded."))]
    return line(strong(one), ": ", kind, "; ", listed(roles), ".", for_whom, proof.cite(one), under=under)


def of_cohort(one: Cohort, proof: Proof) -> Line:
    """A cohort: its status, its entry, and its numbers."""
    status = told(one.get_status_display(), "status not recorded")
    entry = Words(f"entry {one.enters_on.words}") if one.enters_on else unknown(f"entry {proof.gap(one, 'enters_on')}")
    numbers = [f"{label} {getattr(one, name):,}" for name, label in NUMBERS if getattr(one, name) is not None]
    counted = Words(", ".join(numbers)) if numbers else unknown("no number recorded")
    return line(Words(one.name, one.get_absolute_url()), ": ", status, "; ", entry, "; ", counted, ".", proof.cite(one))

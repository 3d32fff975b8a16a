"""Visits that follow each other, with what changed between; and the other visits of a larger tour."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from partnerships.records.pages import Look
from partnerships.records.parts import PartPage
from partnerships.undertakings.models import Evidence, Standing
from partnerships.visits.models import FollowUp, Participant, Visit

BEFORE = ("after", "after__after", "after__after__after")


@dataclass
class Link:
    """One visit of a chain, and in words what changed since the one that it comes after."""

    visit: Visit
    between: list[str]


class ChainPage(PartPage):
    """`/visits/<id>/chain/`: the visits before and after this one in a line, and the tour that it is part of."""

    template = "visits/chain.html"

    def context(self, record: Visit, look: Look, asked: dict, page: int) -> dict:
        """Both, as far as the reader may see them; seven queries."""
        tour = look.seen(Visit.objects.filter(part_of=record.part_of)) if record.part_of else []
        return {"links": chain(record, look), "tour": tour}


def chain(visit: Visit, look: Look) -> list[Link]:
    """Up to three visits before and after, each with what changed since its own predecessor; a hidden one ends it."""
    line = in_line(visit, look)
    if len(line) == 1:
        return []
    done = counts(FollowUp.objects.filter(visit__in=line, done_on__isnull=False), "visit", look)
    agreed = counts(
        Evidence.objects.filter(
            undertaking__visit__in=line, undertaking__standing=Standing.ASKED, agreement__isnull=False
        ),
        "undertaking__visit",
        look,
    )
    people: dict[int, set] = defaultdict(set)
    for pk, person in look.seen(Participant.objects.filter(visit__in=line, person__isnull=False)).values_list(
        "visit", "person"
    ):
        people[pk].add(person)
    known = {one.pk for one in line}
    return [
        Link(
            one,
            [
                *many(agreed.get(one.after_id, 0), "request became an agreement", "requests became agreements"),
                *many(done.get(one.after_id, 0), "follow-up was done", "follow-ups were done"),
                *many(len(people[one.pk] - people[one.after_id]), "participant was new", "participants were new"),
            ]
            if one.after_id in known
            else [],
        )
        for one in line
    ]


def in_line(visit: Visit, look: Look) -> list[Visit]:
    """The visits before, this one, and those after, in the order in which they follow each other; two queries."""
    ids = Visit.objects.filter(pk=visit.pk).values_list(*BEFORE).get()
    follows = Q(pk__in=[visit.pk, *filter(None, ids)])
    for path in BEFORE:
        follows |= Q(**{path: visit})
    rows = {one.pk: one for one in look.seen(Visit.objects.filter(follows))}
    line = [rows[visit.pk]]
    while line[0].after_id in rows:
        line.insert(0, rows[line[0].after_id])
    for one in line:  # which grows meanwhile
        line += [other for other in rows.values() if other.after_id == one.pk and other not in line]
    return line


def counts(rows: QuerySet, of: str, look: Look) -> dict[int, int]:
    """How many of these rows the reader sees for each visit."""
    return dict(look.seen(rows).order_by().values_list(of).annotate(count=Count("pk")))


def many(number: int, one: str, several: str) -> list[str]:
    """A number in words, or nothing."""
    return [f"{number} {one if number == 1 else several}"] if number else []

"""What may show that a line of cooperation came to something: suggested with its reasons, never linked by itself.

For any page that shows lines, such as an agreement's or a review:

    candidates_of(lines, look)  -> {line.pk: [Candidate, …]}, the best first, at most `SHOWN` for each line
    put_aside(lines, look)      -> {line.pk: [Candidate, …]}, what somebody dismissed, without reasons

A record is suggested where three things fit. *Who*: it is recorded under the line's agreement, or the same partner
takes part, or one in the same city, or the same document tells of both. *What*: it shares an activity or a subject;
only what is recorded under the agreement itself may have no area at all. *When*: it isn't known to be over before the
line was signed; where a year is unknown, the reason says so. Nothing that is linked or dismissed is suggested. What the
reader may not see is neither suggested nor a reason. The number of queries is the same for one line and for thirty.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from partnerships.undertakings.models import EVIDENCE_OF, Dismissal, Evidence, Undertaking
from partnerships.undertakings.records.pool import Found, address_of, pool_of
from partnerships.undertakings.records.setting import Setting, settings_of
from partnerships.undertakings.records.signs import date_of
from partnerships.values.dates import HonestDate

SHOWN = 6
UNDER, PARTNER, CITY, DOCUMENT = range(4)


@dataclass(frozen=True)
class Candidate:
    """A record that may be evidence for a line: `of` names the kind of evidence, `why` says why it is suggested."""

    of: str
    pk: int
    title: str
    address: str
    when: HonestDate
    why: tuple[str, ...] = ()
    rank: tuple = field(default=(), compare=False)


def candidates_of(lines: Sequence[Undertaking], look) -> dict[int, list[Candidate]]:
    """What may be suggested for each of these lines, as far as the reader may see it."""
    settings = settings_of(lines, look)
    judged = judged_of(lines)
    pool = pool_of(settings.values(), look)
    found = {}
    for line in lines:
        setting = settings[line.pk]
        fitting = [fit(setting, one) for one in pool if (one.of, one.pk) not in judged[line.pk] and not own(line, one)]
        found[line.pk] = sorted(filter(None, fitting), key=lambda one: one.rank)[:SHOWN]
    return found


def judged_of(lines: Sequence[Undertaking]) -> dict[int, set[tuple[str, int]]]:
    """What is linked with each line or dismissed for it."""
    judged = defaultdict(set)
    for model in (Evidence, Dismissal):
        for one in model.objects.filter(undertaking__in=[line.pk for line in lines]):
            judged[one.undertaking_id].add((one.of, getattr(one, f"{one.of}_id")))
    return judged


def own(line: Undertaking, one: Found) -> bool:
    """Whether a record is the line itself, or what the line belongs to."""
    return (one.of == "line" and one.pk == line.pk) or one.pk == getattr(line, f"{one.of}_id", None)


def fit(setting: Setting, one: Found) -> Candidate | None:
    """The record as a candidate for the line of this setting; None where it doesn't fit."""
    tie, who = tie_of(setting, one)
    if not who or (one.homes and setting.homes and not one.homes & setting.homes):
        return None
    shared = sorted(label for key, label in setting.areas.items() if key in one.areas)
    if not shared and (tie != UNDER or one.areas):
        return None
    before = one.when.latest and setting.since.earliest and one.when.latest < setting.since.earliest
    if before:
        return None
    what = f"shares {' and '.join(shared)}" if shared else "its area is not recorded"
    newest = -one.when.earliest.toordinal() if one.when.earliest else 0
    return Candidate(
        one.of,
        one.pk,
        one.title,
        one.address,
        one.when,
        (who, what, *unsure(setting, one)),
        (tie, -len(shared), newest),
    )


def tie_of(setting: Setting, one: Found) -> tuple[int, str]:
    """How closely a record belongs to the line, and that in words; '' where it doesn't."""
    if setting.owner in one.under:
        return UNDER, "recorded under the same agreement" if setting.owner[0] == "agreement" else "recorded with it"
    for partner, name in setting.partners.items():
        if partner in one.partners:
            return PARTNER, f"with {name}"
    for partner in one.partners:
        if partner in setting.neighbours:
            name, city = setting.neighbours[partner]
            return CITY, f"with {name}, which is in {city} as well"
    for source, title in setting.sources.items():
        if source in one.sources:
            return DOCUMENT, f"told of in the same document, {title}"
    return DOCUMENT, ""


def unsure(setting: Setting, one: Found) -> list[str]:
    """What is not known about the time, of the record or else of what it would follow."""
    if not one.when.year_known:
        return ["the year is not known"]
    return [] if setting.since.year_known else ["the year of the signing is not known"]


def put_aside(lines: Sequence[Undertaking], look) -> dict[int, list[Candidate]]:
    """What somebody dismissed for each of these lines, as far as the reader may see it; one query."""
    rows = Dismissal.objects.filter(undertaking__in=[line.pk for line in lines])
    found: dict[int, list[Candidate]] = {line.pk: [] for line in lines}
    for row in look.seen(rows.select_related(*EVIDENCE_OF, "cohort__programme")):
        record = row.record
        when = date_of(row.of, record)
        found[row.undertaking_id].append(Candidate(row.of, record.pk, str(record), address_of(record), when))
    return found

"""What a brief does not know: said in words, since a brief that hides its gaps embarrasses its reader."""

from partnerships.agreements.models import Agreement, Ending
from partnerships.briefs.reading import Material
from partnerships.funding.models import Funding
from partnerships.organisations.models import Partnership
from partnerships.papers.words import Line, Section, line, link, unknown
from partnerships.programmes.models import NUMBERS, Cohort
from partnerships.records.pages import Look
from partnerships.undertakings.models import Standing
from partnerships.values.text import has_han
from partnerships.visits.models import Participant, Side, Visit


def unknowns(material: Material, look: Look) -> Section:
    """All that is still unknown, by the record in which it is to be filled in."""
    found = [(material.visit, of_visit(material.visit, material))] if material.visit else []
    found += [(one, of_partnership(one)) for one in material.partnerships]
    found += [(one, of_agreement(one)) for one in material.agreements]
    found += [(row, of_cohort(row)) for one in material.programmes for row in one.cohorts.all()]
    found += [(one, of_funding(one)) for one in material.funding]
    lines = [line(link(one), ": ", unknown(", ".join(words)), ".") for one, words in found if words]
    return Section("unknown", "Still unknown", lines or [Line(line("Nothing that this brief looks for.").words)])


def of_visit(visit: Visit, material: Material) -> list[str]:
    """What is not known of the visit itself."""
    rows, items = material.participants, material.itinerary
    missing = [when(visit), "" if visit.place_id else "where", "" if visit.purpose else "what for"]
    groups = [lowered(one.group) for one in rows if one.group and not one.group_size]
    missing += [f"who and how many they are: {', '.join(groups)}" if groups else ""]
    missing += ["" if any(one.side == Side.VISITOR for one in rows) else "who comes"]
    missing += ["" if any(one.side == Side.HOST for one in rows) else "who receives"]
    missing += [native_names(rows)]
    missing += ["the programme of the day" if not items else ""]
    missing += ["days and times of the programme" if items and not any(timed(one) for one in items) else ""]
    asks = [one for one in material.of(visit) if one.standing == Standing.ASKED and not one.owner_id]
    missing += [f"who owns the answer to {'the ask' if len(asks) == 1 else f'the {len(asks)} asks'}" if asks else ""]
    missing += ["" if visit.owner_id else "who looks after the visit"]
    return [one for one in missing if one]


def when(visit: Visit) -> str:
    """What of its day is not known."""
    if not visit.happens_on.notation:
        return "day and year"
    if not visit.happens_on.year_known:
        return "day and year" if visit.happens_on.month_without_year else "year"
    return (
        "" if visit.happens_on.earliest == visit.happens_on.latest or visit.happens_on.latest is None else "exact day"
    )


def timed(item) -> bool:
    """Whether anything says when an item is."""
    return bool(item.on_day or item.starts_at or item.time)


def lowered(words: str) -> str:
    """Words as they stand inside a sentence; an acronym keeps its capitals."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def native_names(rows: list[Participant]) -> str:
    """Whose name in Chinese characters is not held, of those who come for a body that has one."""
    people = [
        str(one.person)
        for one in rows
        if one.person_id and not one.person.native_name and not has_han(one.person.name) and for_chinese(one)
    ]
    return f"the name in Chinese characters of {', '.join(people)}" if people else ""


def for_chinese(one: Participant) -> bool:
    """Whether somebody takes part for a body of the other side with a name in Chinese characters."""
    organisation = one.organisation
    return bool(organisation and not organisation.is_home and has_han(organisation.native_name))


def of_partnership(one: Partnership) -> list[str]:
    """What is not known of a partnership."""
    missing = ["" if one.status else "its status", "" if one.since.notation else "since when, by a date"]
    return [*filter(None, missing), *([] if one.looked_after_by_id else ["who looks after it"])]


def of_agreement(one: Agreement) -> list[str]:
    """What is not known of an agreement."""
    signed = one.signed_on.year_known
    missing = ["" if one.type_id else "its type", "" if signed else "the year of signing"]
    missing += [f"who signed for {row.organisation}" for row in one.parties.all() if not row.signatory_id]
    ends = one.ends_on or one.ending in (Ending.EVERGREEN, Ending.RENEWING)
    return [*filter(None, missing), *([] if ends else ["its end"]), *([] if one.owner_id else ["who owns it"])]


def of_cohort(one: Cohort) -> list[str]:
    """What is not known of a cohort."""
    counted = any(getattr(one, name) is not None for name, _ in NUMBERS)
    return [*([] if counted else ["how many"]), *([] if one.enters_on else ["when it enters"])]


def of_funding(one: Funding) -> list[str]:
    """What is not known of money."""
    missing = [
        "" if one.amount is not None else "how much",
        "" if one.funder_id else "who gives it",
        "" if one.recipient_id or one.programme_id or one.project_id else "who receives it",
        "" if one.given_on else "when",
    ]
    return [one for one in missing if one]

"""What an event of a calendar file proposes for a new visit: values of the form, and nothing that is stored."""

from dataclasses import dataclass

from django.http import QueryDict

from partnerships.access.scoping import scope
from partnerships.organisations.models import Place
from partnerships.people.models import Person
from partnerships.values.dates import HonestDate
from partnerships.values.text import clean_text
from partnerships.visits.models import Participant, Visit, VisitStatus

LONGEST_PURPOSE = Visit._meta.get_field("purpose").max_length
LONGEST_TITLE = Visit._meta.get_field("title").max_length
LONGEST_GROUP = Participant._meta.get_field("group").max_length
LONGEST_NOTES = 20_000
MOST_PEOPLE = 50


@dataclass(frozen=True)
class Proposal:
    """A visit that only holds a place, values of its form, and rows of participants."""

    visit: Visit
    initial: dict
    participants: list[dict]


def proposed(sent: QueryDict, user) -> Proposal:
    """What a chosen event says, as the form of a visit takes it."""
    said = {name: cleaned(sent.get(name, "")) for name in ("title", "place", "times", "description")}
    place = one_called(Place, [said["place"]], user).get(said["place"])
    purpose, _line, rest = said["description"].partition("\n")
    if len(purpose) > LONGEST_PURPOSE:
        purpose, rest = "", said["description"]
    notes = [
        f"Where, as the calendar file says: {said['place']}" if said["place"] and place is None else "",
        f"Time, as the calendar file says: {said['times']}" if said["times"] else "",
        rest.strip(),
    ]
    initial = {
        "title": said["title"][:LONGEST_TITLE],
        "happens_on": stated(sent.get("notation", "")),
        "purpose": purpose,
        "notes": "\n".join(filter(None, notes))[:LONGEST_NOTES],
    }
    status = VisitStatus.CANCELLED if sent.get("is_cancelled") else Visit._meta.get_field("status").default
    names = [cleaned(name)[:LONGEST_GROUP] for name in sent.getlist("person")[:MOST_PEOPLE]]
    return Proposal(Visit(place=place, status=status), initial, rows_of([name for name in names if name], user))


def cleaned(text: str) -> str:
    """Text as the register keeps it; '' where it can't be kept."""
    try:
        return clean_text(text[:LONGEST_NOTES], multiline=True)
    except ValueError:
        return ""


def stated(notation: str) -> HonestDate:
    """The date, or none."""
    try:
        return HonestDate.from_notation(notation)
    except ValueError:
        return HonestDate()


def one_called(model, names: list[str], user) -> dict[str, object]:
    """By each of these names the one record that is called so; those that several are called by are left out."""
    wanted = [name for name in names if name]
    found: dict[str, list] = {}
    for one in scope(user, model.objects.filter(name__in=wanted)).order_by("pk")[: 4 * MOST_PEOPLE]:
        found.setdefault(one.name, []).append(one)
    return {name: many[0] for name, many in found.items() if len(many) == 1}


def rows_of(names: list[str], user) -> list[dict]:
    """A row for each person of the register, and one for all others together."""
    known = one_called(Person, names, user)
    rows: list[dict] = [{"person": known[name].pk} for name in names if name in known]
    others = [name for name in names if name not in known]
    group = ", ".join(others)
    if len(group) > LONGEST_GROUP:
        group = "Named in the calendar file"
    return rows + ([{"group": group, "group_size": len(others)}] if others else [])

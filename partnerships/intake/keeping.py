"""How each kind of kept line is recorded with the visit that it belongs to.

Every function takes the recording, the line's form, and the visit.
"""

from partnerships.agreements.models import Agreement
from partnerships.funding.models import Funding
from partnerships.intake.deciding import KNOWN, NEW
from partnerships.intake.unkept import Unkept
from partnerships.people.actions import add_post
from partnerships.people.models import ContactKind, ContactPoint
from partnerships.undertakings.models import Standing, Undertaking
from partnerships.values.money import Money, read_typed
from partnerships.values.text import normalise
from partnerships.visits.models import ItineraryItem, Participant, ParticipantRole, Side, VisitAgreement

STANDINGS = {"ask": Standing.ASKED, "promise": Standing.PROMISED, "area": Standing.STATED}
HOSTS = {ParticipantRole.HOST_LEAD, ParticipantRole.GREETER, ParticipantRole.GUIDE}


def keep_post(recording, one, visit) -> None:
    """A post, unless the person has it already."""
    person, role = recording.who(one), one.cleaned_data["value"]
    at = one.cleaned_data.get("organisation") or ""
    if at and int(at) not in recording.bodies:
        raise Unkept(one.at, f"Keep line {int(at) + 1}, which is this body, or choose “Not stated”.", "organisation")
    if not person.posts.filter(role__iexact=role).exists():
        add_post(person, role, recording.bodies.get(int(at)) if at else None)
    recording.proves(person, one, "posts", role)


def keep_part(recording, one, visit) -> None:
    """A participant, on the side that the role tells; somebody who stands there already stays as they are."""
    person, role = recording.who(one), one.cleaned_data.get("role", "")
    side = Side.HOST if role in HOSTS else Side.VISITOR
    if not visit.participants.filter(person=person, side=side).exists():
        recording.stored(one, Participant(visit=visit, person=person, role=role, side=side, order=one.number))
    words = ParticipantRole(role).label if role else "took part"
    recording.proves(visit, one, "participants", f"{person}: {words}")


def keep_group(recording, one, visit) -> None:
    """An unnamed group, with its number where one is given."""
    said = one.cleaned_data
    group = Participant(visit=visit, group=said["value"], group_size=said.get("size"), order=one.number)
    recording.stored(one, group)
    recording.proves(visit, one, "participants", said["value"])


def keep_date(recording, one, visit) -> None:
    """A date that is not the visit's own is what the text says of it."""
    if recording.frame.get("when") != str(one.at):
        recording.proves(visit, one, "", one.cleaned_data["value"])


def keep_place(recording, one, visit) -> None:
    """The same for a place."""
    if recording.frame.get("where") != str(one.at):
        recording.proves(visit, one, "", one.cleaned_data["value"])


def keep_item(recording, one, visit) -> None:
    """An item of the itinerary."""
    said = one.cleaned_data
    recording.stored(one, ItineraryItem(visit=visit, kind=said["of"], title=said["value"], order=one.number))
    recording.proves(visit, one, "itinerary", said["value"])


def keep_agreement(recording, one, visit) -> None:
    """A link to the agreement that somebody chose; else what the text says."""
    said = one.cleaned_data
    if not said["chosen"]:
        return recording.proves(visit, one, "", said["value"])
    agreement = recording.seen(one, Agreement, said["chosen"])
    if not visit.agreements.filter(agreement=agreement).exists():
        recording.stored(one, VisitAgreement(visit=visit, agreement=agreement, kind=said["how"], order=one.number))
    recording.proves(visit, one, "agreements", str(agreement))


def keep_area(recording, one, visit) -> None:
    """An area: of the visit, or agreed in the agreement that somebody says, where it may stand already."""
    at = one.cleaned_data.get("of") or ""
    if not at:
        return keep_line(recording, one, visit)
    chosen = recording.agreements.get(int(at))
    if not chosen:
        raise Unkept(one.at, f"Keep line {int(at) + 1} and choose its agreement, or let this be the visit’s.", "of")
    agreement, wording = recording.seen(one, Agreement, chosen), one.cleaned_data["value"]
    there = (line for line in agreement.undertakings.all() if normalise(line.wording) == normalise(wording))
    line = next(there, None) or recording.stored(
        one, Undertaking(agreement=agreement, wording=wording, standing=Standing.AGREED, order=one.number)
    )
    recording.proves(line, one, "wording")


def keep_line(recording, one, visit) -> None:
    """What was asked, promised or named as an area; a suggestion is no agreement."""
    by = recording.who(one, "by") if one.cleaned_data.get("by") else None
    standing = STANDINGS[one.line["kind"]]
    line = Undertaking(visit=visit, wording=one.cleaned_data["value"], standing=standing, by=by, order=one.number)
    recording.stored(one, line)
    recording.proves(line, one, "wording")


def keep_money(recording, one, visit) -> None:
    """A funding record, new or known; else what the text says of the visit."""
    said = one.cleaned_data
    if said["becomes"] == NEW:
        recording.proves(new_funding(recording, one, visit), one, "amount")
    elif said["becomes"] == KNOWN:
        recording.proves(recording.seen(one, Funding, said["funding"].pk), one, "amount", said["value"])
    else:
        recording.proves(visit, one, "", said["value"])


def new_funding(recording, one, visit) -> Funding:
    """The money as stated, with its figure where the words give one, linked to the visit."""
    said, funder = one.cleaned_data, one.cleaned_data.get("funder") or ""
    if funder and int(funder) not in recording.bodies:
        raise Unkept(one.at, f"Keep line {int(funder) + 1}, who gives it, or choose “Not stated”.", "funder")
    try:
        money = read_typed(said["value"])
    except ValueError:  # “$”, for instance, stands for several currencies
        money = Money()
    if not money.currency:
        money = Money()
    made = Funding(
        title=said["title"], visit=visit, funder=recording.bodies.get(int(funder)) if funder else None,
        amount=money.amount, currency=money.currency, is_approximate=money.approximate, amount_stated=said["value"],
    )  # fmt: skip
    return recording.stored(one, made)


def keep_contact(recording, one, visit) -> None:
    """A contact detail, for its purpose."""
    said = one.cleaned_data
    kind = ContactKind.EMAIL if "@" in said["value"] else ContactKind.TELEPHONE
    point = ContactPoint(person=recording.who(one), kind=kind, value=said["value"], purpose=said["purpose"])
    recording.stored(one, point)


# Bodies and people are recorded before the visit.
KEEPERS = {
    "post": keep_post, "part": keep_part, "group": keep_group, "date": keep_date, "place": keep_place,
    "item": keep_item, "agreement": keep_agreement, "area": keep_area, "ask": keep_line, "promise": keep_line,
    "money": keep_money, "contact": keep_contact,
}  # fmt: skip

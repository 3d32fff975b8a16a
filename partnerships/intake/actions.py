"""What was kept of a text becomes a visit: source, visit, bodies, people and statements, in one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.access.scoping import scope
from partnerships.intake.lines import KEEP
from partnerships.intake.models import Reading
from partnerships.organisations.models import Organisation, Place
from partnerships.people.models import ContactKind, ContactPoint, Person, Post
from partnerships.sources.models import Source, Statement
from partnerships.undertakings.models import Standing, Undertaking
from partnerships.values.dates import HonestDate
from partnerships.values.gaps import GapState
from partnerships.values.models import Gap
from partnerships.values.names import guess_parts
from partnerships.values.text import has_han, normalise
from partnerships.visits.forms import title_of
from partnerships.visits.models import ItineraryItem, Participant, Side, Visit, VisitStatus

STANDINGS = {"ask": Standing.ASKED, "promise": Standing.PROMISED, "area": Standing.STATED}
HOSTS = {"host_lead", "greeter", "guide"}


class Unkept(ValidationError):
    """A line that can't be recorded, by its number and why."""


@transaction.atomic
def record_visit(*, reading: Reading, frame: dict, user) -> Visit:
    """Record what was kept, each value with its quotation; all of it or nothing (Unkept names the line)."""
    return _Recording(reading, frame, user).visit_of()


class _Recording:
    """One text on its way into the register."""

    def __init__(self, reading: Reading, frame: dict, user) -> None:
        self.reading, self.frame, self.user = reading, frame, user
        self.kept = [(at, one) for at, one in enumerate(reading.lines) if one["decision"] == KEEP]
        self.bodies: dict[str, Organisation] = {}
        self.people: dict[str, Person] = {}
        self.places: dict[int, Place] = {}
        self.source: Source | None = None

    def of(self, *kinds: str):
        """The kept lines of these kinds, with their numbers."""
        return [(at, one) for at, one in self.kept if one["kind"] in kinds]

    def visit_of(self) -> Visit:
        """Record everything in its order."""
        reading, home = self.reading, self.frame["home"]
        self.source = self.stored(
            0, Source(title=reading.title, speaks_for=home, text=reading.text, text_sha256=reading.text_sha256)
        )
        for at, one in self.of("organisation"):
            self.bodies[normalise(one["value"])] = self.body(at, one)
        for at, one in self.of("person"):
            self.people[normalise(one["value"])] = self.person(at, one)
        for at, one in self.of("place"):
            self.places[at] = self.place(at, one)
        visit = self.visit(home)
        for at, one in self.kept:
            getattr(self, f"keep_{one['kind']}", self.keep_nothing)(at, one, visit)
        return visit

    def stored(self, at: int, record):
        """Check a record by its own rules and store it."""
        try:
            record.full_clean(exclude=None, validate_unique=True)
        except ValidationError as refused:
            raise Unkept(f"Line {at}: {' '.join(refused.messages)}" if at else " ".join(refused.messages)) from refused
        record.save()
        return record

    def seen(self, at: int, model, pk):
        """A record that the reader may see still."""
        found = scope(self.user, model.objects.filter(pk=pk)).first()
        if found is None:
            raise Unkept(f"Line {at + 1}: this record is no longer there. Leave the line out.")
        return found

    def body(self, at: int, one: dict) -> Organisation:
        """The known body, the near one that was taken for it, or a new one."""
        known = one["record"] or one.get("taken")
        body = self.seen(at, Organisation, known) if known else self.stored(at + 1, Organisation(name=one["value"]))
        self.proves(body, one, "" if known else "name")
        return body

    def person(self, at: int, one: dict) -> Person:
        """The known person, the near one, or a new one."""
        known = one["record"] or one.get("taken")
        if known:
            person = self.seen(at, Person, known)
        else:
            family, given = guess_parts(one["value"], bool(one["more"].get("family_first")))
            native = one["value"] if has_han(one["value"]) else ""
            made = Person(name=one["value"], family_name=family, given_name=given, native_name=native)
            made.title, made.family_first = (
                one["more"].get("title", ""),
                bool(native or one["more"].get("family_first")),
            )
            person = self.stored(at + 1, made)
        self.proves(person, one, "" if known else "name")
        return person

    def place(self, at: int, one: dict) -> Place:
        """The known place, or a new city."""
        if one["record"]:
            return self.seen(at, Place, one["record"])
        there = scope(self.user, Place.objects.filter(name=one["value"])).first()
        return there or self.stored(at + 1, Place(name=one["value"], kind="city"))

    def visit(self, home: Organisation) -> Visit:
        """The visit itself; what the text leaves open is recorded as not stated."""
        partner, when, where = (self.chosen(name) for name in ("partner", "when", "where"))
        visit = Visit(direction=self.frame["direction"], home=home, status=VisitStatus.HAPPENED)
        visit.partner = self.bodies.get(normalise(partner["value"])) if partner else None
        visit.title = self.frame["title"] or (
            title_of(visit.direction, home, visit.partner) if visit.partner else self.reading.title
        )
        if when:
            visit.happens_on = HonestDate.from_notation(when["more"].get("notation", ""), when["value"])
        if where:
            visit.place = self.places[int(self.frame["where"])]
        self.stored(0, visit)
        for name, field, one in (
            ("when", "happens_on", when),
            ("where", "place", where),
            ("partner", "partner", partner),
        ):
            if one:
                self.proves(visit, one, field)
            elif name != "partner":
                Gap.objects.create(
                    record_kind="visit", record_id=visit.pk, field=field, state=GapState.NOT_STATED,
                    source_id=self.source.pk, set_by_id=self.user.pk,
                )  # fmt: skip
        return visit

    def chosen(self, name: str) -> dict | None:
        """The kept line that the frame names; Unkept where that line was not kept."""
        at = self.frame.get(name) or ""
        if not at:
            return None
        one = self.reading.lines[int(at)]
        if one["decision"] != KEEP:
            raise Unkept(f"Line {int(at) + 1} is chosen as “{name}”, so keep it, or choose another.")
        return one

    def proves(self, record, one: dict, field: str = "", text: str = "") -> None:
        """Let the quotation stand beside what it supports."""
        statement = Statement(
            record_kind=record._meta.model_name, record_id=record.pk, field=field, source=self.source,
            paragraph=one["paragraph"], quotation=one["quotation"], text=text[:400],
        )  # fmt: skip
        self.stored(0, statement)

    def who(self, at: int, name: str) -> Person:
        """The person of this name among the kept lines."""
        person = self.people.get(normalise(name))
        if person is None:
            raise Unkept(f"Line {at + 1}: keep “{name}” among the people too, or leave this line out.")
        return person

    def keep_post(self, at: int, one: dict, visit: Visit) -> None:
        """A post, unless the person has it already."""
        person = self.who(at, one["more"].get("person", ""))
        body = self.bodies.get(normalise(one["more"].get("organisation", "")))
        if not person.posts.filter(role__iexact=one["value"]).exists():
            post = self.stored(at + 1, Post(person=person, role=one["value"], organisation=body))
            if post.tells_politics and not person.is_sensitive:
                person.is_sensitive = True
                person.save()
        self.proves(person, one, "posts", one["value"])

    def keep_part(self, at: int, one: dict, visit: Visit) -> None:
        """A participant on the side that the role and the direction tell."""
        person, role = self.who(at, one["value"]), one["more"].get("role", "")
        side = Side.HOST if role in HOSTS else Side.VISITOR
        if not visit.participants.filter(person=person, side=side).exists():
            self.stored(at + 1, Participant(visit=visit, person=person, role=role, side=side, order=at))
        self.proves(visit, one, "participants", f"{person}: {role.replace('_', ' ')}")

    def keep_group(self, at: int, one: dict, visit: Visit) -> None:
        """An unnamed group, with its number where one is given."""
        size = one["more"].get("size") or None
        self.stored(at + 1, Participant(visit=visit, group=one["value"], group_size=size, order=at))
        self.proves(visit, one, "participants", one["value"])

    def keep_item(self, at: int, one: dict, visit: Visit) -> None:
        """An item of the itinerary."""
        self.stored(at + 1, ItineraryItem(visit=visit, kind=one["more"]["of"], title=one["value"][:200], order=at))
        self.proves(visit, one, "itinerary", one["value"])

    def keep_line(self, at: int, one: dict, visit: Visit) -> None:
        """What was asked, promised or named as an area; a suggestion is no agreement."""
        line = Undertaking(visit=visit, wording=one["value"], standing=STANDINGS[one["kind"]], order=at)
        self.stored(at + 1, line)
        self.proves(line, one, "wording")

    keep_ask = keep_promise = keep_area = keep_line

    def keep_said(self, at: int, one: dict, visit: Visit) -> None:
        """What has no column is a statement about the visit."""
        self.proves(visit, one, "", one["value"])

    keep_agreement = keep_money = keep_said

    def keep_contact(self, at: int, one: dict, visit: Visit) -> None:
        """A contact detail, only for a stated purpose, of the last kept person named before it."""
        if not one["purpose"]:
            raise Unkept(f"Line {at + 1}: say what this contact detail is for, or leave it out.")
        before = [
            line
            for _at, line in self.of("person")
            if (line["paragraph"], line["start"]) <= (one["paragraph"], one["start"])
        ]
        if not before:
            raise Unkept(f"Line {at + 1}: keep the person whose contact detail this is.")
        person = self.people[normalise(before[-1]["value"])]
        kind = ContactKind.EMAIL if one["more"].get("by") == "email" else ContactKind.TELEPHONE
        self.stored(at + 1, ContactPoint(person=person, kind=kind, value=one["value"], purpose=one["purpose"]))

    def keep_nothing(self, at: int, one: dict, visit: Visit) -> None:
        """Bodies, people, places and dates are kept already."""

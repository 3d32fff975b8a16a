"""What was kept of a text becomes a visit: source, visit, bodies, people and statements, in one transaction."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships.access.scoping import scope
from partnerships.intake.deciding import honest
from partnerships.intake.keeping import KEEPERS
from partnerships.intake.line import LineForm
from partnerships.intake.models import Reading
from partnerships.intake.unkept import Unkept
from partnerships.organisations.models import Organisation, Place
from partnerships.people.actions import record_person
from partnerships.people.models import Person
from partnerships.records.saving import in_words
from partnerships.sources.models import Source, Statement
from partnerships.values.gaps import GapState
from partnerships.values.models import Gap
from partnerships.values.text import has_han
from partnerships.visits.forms import title_of
from partnerships.visits.models import Visit


@transaction.atomic
def record_visit(*, reading: Reading, frame: dict, lines: list[LineForm], follow_ups, user) -> Visit:
    """Record what was kept, each value with its quotation, and what is to be done; all of it or nothing.

    `frame` and the forms of the kept lines are valid. Raises Unkept, which names the line, for what can't be recorded.
    """
    try:
        visit = Recording(reading, frame, lines, user).visit_of()
        follow_ups.instance = visit
        follow_ups.save()
    except (IntegrityError, ValidationError) as refused:
        raise Unkept(None, in_words(refused)) from refused
    return visit


class Recording:
    """One text on its way into the register; what was made of its lines stands under their numbers."""

    def __init__(self, reading: Reading, frame: dict, lines: list[LineForm], user) -> None:
        self.reading, self.frame, self.lines, self.user = reading, frame, lines, user
        self.bodies: dict[int, Organisation] = {}
        self.people: dict[int, Person] = {}
        self.agreements: dict[int, int] = {}
        self.source: Source | None = None

    def of(self, kind: str) -> Iterator[LineForm]:
        """The kept lines of a kind."""
        return (one for one in self.lines if one.line["kind"] == kind)

    def visit_of(self) -> Visit:
        """Record everything in its order."""
        reading = self.reading
        self.source = self.stored(
            None,
            Source(
                title=reading.title,
                speaks_for=self.frame["home"],
                text=reading.text,
                text_sha256=reading.text_sha256,
            ),
        )
        for one in self.of("organisation"):
            self.bodies[one.at] = self.body(one)
        for one in self.of("person"):
            self.people[one.at] = self.person(one)
        self.agreements = {one.at: one.cleaned_data["chosen"] for one in self.of("agreement")}
        visit = self.visit()
        for one in self.lines:
            if keep := KEEPERS.get(one.line["kind"]):
                keep(self, one, visit)
        return visit

    def stored(self, one: LineForm | None, record):
        """Check a record by its own rules and store it."""
        try:
            record.full_clean()
        except ValidationError as refused:
            raise Unkept(one and one.at, " ".join(refused.messages)) from refused
        record.save()
        return record

    def seen(self, one: LineForm, model, pk):
        """A record that the reader may see still."""
        found = scope(self.user, model.objects.filter(pk=pk)).first()
        if found is None:
            raise Unkept(one.at, "This record is no longer there. Choose another, or leave the line out.")
        return found

    def body(self, one: LineForm) -> Organisation:
        """The chosen body, or a new one."""
        known, said = self.known(one), one.cleaned_data
        body = self.seen(one, Organisation, known) if known else self.stored(one, Organisation(name=said["value"]))
        self.proves(body, one, "" if known else "name")
        return body

    def known(self, one: LineForm) -> int | None:
        """The record that a line means, if it means one that is there."""
        said = one.cleaned_data
        return said["record"] if "record" in one.fields else one.line["record"]

    def person(self, one: LineForm) -> Person:
        """The chosen person, or a new one with what they are recorded for."""
        known, said = self.known(one), one.cleaned_data
        if known:
            person = self.seen(one, Person, known)
        else:
            native = said["value"] if has_han(said["value"]) else ""
            person = record_person(
                name=said["value"],
                family_first=bool(native) or said.get("family") == "first",
                native_name=native[:80],
                title=said.get("title", ""),
                notes=f"Recorded for: {said['purpose']}" if said.get("purpose") else "",
            )
        self.proves(person, one, "" if known else "name")
        return person

    def who(self, one: LineForm, name: str = "person") -> Person:
        """The kept person whom a line names."""
        chosen = one.cleaned_data.get(name) or ""
        if not chosen:
            raise Unkept(one.at, "Say whose it is, or leave the line out.", name)
        if int(chosen) not in self.people:
            raise Unkept(one.at, f"Keep line {int(chosen) + 1}, who is this person, or leave this line out too.", name)
        return self.people[int(chosen)]

    def visit(self) -> Visit:
        """The visit itself; what the text leaves open is recorded as not stated."""
        frame = self.frame
        partner, when, where = (self.chosen(name) for name in ("partner", "when", "where"))
        visit = Visit(
            direction=frame["direction"], home=frame["home"], status=frame["status"], after=frame["after"],
            partner=self.bodies[partner.at] if partner else None,
        )  # fmt: skip
        visit.title = frame["title"] or (
            title_of(visit.direction, visit.home, visit.partner) if visit.partner else self.reading.title
        )
        visit.happens_on = honest(when.cleaned_data["value"]) if when else frame["happens_on"]
        if where:
            visit.place = self.place(where)
        self.stored(None, visit)
        for one, field in ((when, "happens_on"), (where, "place"), (partner, "partner")):
            if one:
                self.proves(visit, one, field)
        for field, known in (("happens_on", bool(visit.happens_on)), ("place", where is not None)):
            if not known:
                Gap.objects.create(
                    record_kind="visit", record_id=visit.pk, field=field, state=GapState.NOT_STATED,
                    source_id=self.source.pk, set_by_id=self.user.pk,
                )  # fmt: skip
        return visit

    def chosen(self, name: str) -> LineForm | None:
        """The kept line that the frame names; Unkept where that line was not kept."""
        at = self.frame.get(name) or ""
        if not at:
            return None
        found = next((one for one in self.lines if one.at == int(at)), None)
        if found is None:
            raise Unkept(int(at), f"The visit names this line as “{name}”: keep it, or choose another there.")
        return found

    def place(self, one: LineForm) -> Place:
        """The known place, one of the same name, or a new one."""
        if one.line["record"]:
            return self.seen(one, Place, one.line["record"])
        name = one.cleaned_data["value"]
        there = scope(self.user, Place.objects.filter(name=name)).first()
        if there is None and not one.cleaned_data.get("kind"):
            raise Unkept(one.at, f"“{name}” is not in the register yet: say what it is.", "kind")
        return there or self.stored(one, Place(name=name, kind=one.cleaned_data["kind"]))

    def proves(self, record, one: LineForm, field: str = "", text: str = "") -> None:
        """Let the quotation stand beside what it supports, as firmly as was said."""
        said = one.cleaned_data.get("value", "")
        corrected = said if said not in (one.line["value"], one.line["quotation"]) else ""
        statement = Statement(
            record_kind=record._meta.model_name, record_id=record.pk, field=field, source=self.source,
            paragraph=one.line["paragraph"], quotation=one.line["quotation"], text=(text or corrected)[:400],
            basis=one.cleaned_data["basis"],
        )  # fmt: skip
        self.stored(one, statement)

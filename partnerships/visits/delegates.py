"""Delegates read from pasted rows: whom the register knows already, what is decided of each, and their keeping."""

import re
from dataclasses import dataclass

from django import forms

from partnerships.access.models import Entry
from partnerships.access.roles import role_of
from partnerships.access.scoping import scope
from partnerships.organisations.models import Organisation
from partnerships.people.actions import add_post, record_person
from partnerships.people.models import POLITICAL, Person
from partnerships.records.picking import twins_of_each
from partnerships.values.text import normalise
from partnerships.visits.models import Participant, ParticipantRole, Visit
from partnerships.visits.pasting import Delegate

OUT, NEW = "out", "new"
UNDECIDED = "Line {line}: say whether {name} is somebody of the register or a new person."
TWICE = "Line {line}: {name} stands in line {other} already. Leave one of the two out."
THERE = "Line {line}: {name} takes part as {side} already, and nobody stands there twice. Leave this line out."
TWO_HEADS = "Line {line}: a delegation has one head, and {other} is that already. Correct the part in the visit."
NOBODY = "No line is to be added. Say of at least one who it is."
PERSON = ("name", "family_name", "given_name", "native_name", "title", "notes")


@dataclass(frozen=True)
class Line:
    """A delegate beside whoever of the register may be meant, and what is to be noticed."""

    delegate: Delegate
    near: list[Entry]
    bodies: list[Entry]
    same: list[Entry]
    stands: str

    @property
    def tells_politics(self) -> bool:
        """Whether the post tells of political opinions."""
        told = f"{self.delegate.post}, {self.delegate.organisation}"
        return bool(self.delegate.post and re.search(POLITICAL, told, re.IGNORECASE))

    @property
    def part(self) -> str:
        """The part in the visit, in words."""
        return ParticipantRole(self.delegate.role).label if self.delegate.role else ""

    @property
    def who(self) -> str:
        """What is proposed: the one of that very name, a choice where names are near, else a new person."""
        if self.stands:
            return OUT
        if len(self.same) == 1:
            return str(self.same[0].record_id)
        return "" if self.near else NEW


def lines_of(delegates: list[Delegate], visit: Visit, user) -> list[Line]:
    """Each delegate with what the register knows, in a constant number of queries."""
    role = role_of(user)
    people = twins_of_each("person", [one.name for one in delegates], role)
    bodies = twins_of_each("organisation", [one.organisation for one in delegates if one.organisation], role)
    there = {one.person_id: one.get_side_display() for one in visit.participants.all()}
    seen: dict[str, int] = {}
    found = []
    for one in delegates:
        near = people[one.name]
        same = [entry for entry in near if is_called(entry, one.name)]
        side = there.get(same[0].record_id) if len(same) == 1 else None
        stands = f"takes part as {side} already" if side else ""
        if one.name in seen:
            stands = f"stands in line {seen[one.name]} already"
        seen.setdefault(one.name, one.line)
        found.append(Line(one, near, bodies.get(one.organisation, []), same, stands))
    return found


def is_called(entry: Entry, name: str) -> bool:
    """Whether a record has exactly this name, whatever its case, accents and blanks."""
    return normalise(name) in entry.names_key.split(" ¦ ")


def shown(entry: Entry) -> tuple[str, str]:
    """A record as a choice, with what tells it from its near twins."""
    return str(entry.record_id), " · ".join(filter(None, [entry.title, entry.second]))


class DelegatesForm(forms.Form):
    """What is decided of each line, and of each organisation that the lines name."""

    def __init__(self, *args, lines: list[Line], visit: Visit, side: str, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines, self.visit, self.side, self.user = lines, visit, side, user
        self.bodies = {line.delegate.organisation: line.bodies for line in lines if line.delegate.organisation}
        for line in lines:
            self.ask_about(line)
        for number, (name, near) in enumerate(self.bodies.items()):
            self.fields[f"body-{number}"] = self.body(name, near)

    def ask_about(self, line: Line) -> None:
        """The questions of a line."""
        number, one = line.delegate.line, line.delegate
        choices = [*map(shown, line.near), (NEW, "a new person"), (OUT, "leave this line out")]
        self.fields[f"who-{number}"] = select(
            f"Line {number}, who {one.name} is", choices if line.who else [("", "Choose who it is"), *choices], line.who
        )
        self.fields[f"first-{number}"] = tick(f"Line {number}, the family name stands first", one.family_first)
        if one.post:
            self.fields[f"post-{number}"] = tick(f"Line {number}, keep the post", line.who in ("", NEW))

    def body(self, name: str, near: list[Entry]) -> forms.ChoiceField:
        """What is done with an organisation: it is one of the register, a new one, or kept in the words of the post."""
        same = [entry for entry in near if is_called(entry, name)]
        choices = [*map(shown, near), (NEW, "add it to the register"), (OUT, "keep it in the words of the post only")]
        return select(name, choices, str(same[0].record_id) if len(same) == 1 else OUT)

    def rows(self) -> list[dict]:
        """Each line with its questions."""
        names = [(line, line.delegate.line) for line in self.lines]
        return [
            {
                "line": line,
                "who": self[f"who-{number}"],
                "first": self[f"first-{number}"],
                "post": self[f"post-{number}"] if line.delegate.post else None,
            }
            for line, number in names
        ]

    def body_rows(self) -> list[forms.BoundField]:
        """Each organisation with its question."""
        return [self[f"body-{number}"] for number in range(len(self.bodies))]

    def taken(self) -> list[tuple[Line, str]]:
        """The lines that are added, each with who it is."""
        said = [(line, self.cleaned_data.get(f"who-{line.delegate.line}", "")) for line in self.lines]
        return [(line, who) for line, who in said if who != OUT]

    def clean(self) -> dict:
        """Everybody is somebody, once, on one side; and one is the head."""
        everybody = self.visit.participants.select_related("person")
        there = {str(one.person_id): one for one in everybody if one.person_id}
        head = next((self.named(one) for one in everybody if self.leads(one.side, one.role)), "")
        seen: dict[str, int] = {}
        for line, who in self.taken():
            field, told = f"who-{line.delegate.line}", {"line": line.delegate.line, "name": line.delegate.name}
            if not who:
                self.refuse(field, UNDECIDED.format(**told))
            elif who in there:
                self.refuse(field, THERE.format(**told, side=there[who].get_side_display()))
            elif who != NEW and who in seen:
                self.refuse(field, TWICE.format(**told, other=seen[who]))
            seen.setdefault(who, line.delegate.line)
            if self.leads(self.side, line.delegate.role):
                if head:
                    self.refuse(field, TWO_HEADS.format(**told, other=head))
                head = head or line.delegate.name
        if not self.errors and not self.taken():
            self.add_error(None, NOBODY)
        return self.cleaned_data

    def named(self, one: Participant) -> str:
        """Who leads already, by name where the user may see it."""
        return str(one) if scope(self.user, Participant.objects.filter(pk=one.pk)).exists() else "somebody else"

    def refuse(self, field: str, sentence: str) -> None:
        """Say what is wrong with a line, unless something else is said of it already."""
        if field not in self.errors:
            self.add_error(field, sentence)

    def leads(self, side: str, role: str) -> bool:
        """Whether somebody of this side and part leads the delegation."""
        return side == self.side and role == ParticipantRole.HEAD

    def save(self) -> list[Participant]:
        """Keep everybody who is added, in their order; to be called in one transaction."""
        bodies, last = self.kept_bodies(), self.visit.participants.count()
        known = Person.objects.in_bulk([int(who) for _, who in self.taken() if who != NEW])
        return [
            Participant.objects.create(
                visit=self.visit,
                side=self.side,
                person=self.person(line.delegate, known.get(int(who)) if who != NEW else None, bodies),
                role=line.delegate.role,
                organisation=bodies.get(line.delegate.organisation),
                order=order,
            )
            for order, (line, who) in enumerate(self.taken(), last + 1)
        ]

    def kept_bodies(self) -> dict[str, Organisation]:
        """The organisations that were chosen or are added, by the name they were pasted with."""
        said = {name: self.cleaned_data[f"body-{number}"] for number, name in enumerate(self.bodies)}
        used = {line.delegate.organisation for line, _ in self.taken()}
        known = Organisation.objects.in_bulk([int(one) for one in said.values() if one not in (NEW, OUT)])
        return {
            name: Organisation.objects.create(name=name) if choice == NEW else known[int(choice)]
            for name, choice in said.items()
            if choice != OUT and name in used
        }

    def person(self, one: Delegate, known: Person | None, bodies: dict[str, Organisation]) -> Person:
        """The person of a line, with the post where it is to be kept."""
        first = self.cleaned_data[f"first-{one.line}"]
        person = known or record_person(family_first=first, **self.columns(one, first))
        body = bodies.get(one.organisation)
        words = ", ".join(filter(None, [one.post, "" if body else one.organisation]))
        role = words if len(words) <= 200 else one.post
        if self.cleaned_data.get(f"post-{one.line}") and role not in [post.role for post in person.posts.all()]:
            add_post(person, role, body)
        return person

    def columns(self, one: Delegate, first: bool) -> dict:
        """What is kept of a new person; family and given name are guessed again where the order was corrected."""
        told = {name: getattr(one, name) for name in PERSON}
        return told if first == one.family_first else told | {"family_name": "", "given_name": ""}


def select(label: str, choices: list[tuple[str, str]], initial: str) -> forms.ChoiceField:
    """One answer of several."""
    widget = forms.Select({"class": "form-select", "aria-label": label})
    return forms.ChoiceField(label=label, choices=choices, initial=initial, required=False, widget=widget)


def tick(label: str, initial: bool) -> forms.BooleanField:
    """Yes or no."""
    widget = forms.CheckboxInput({"class": "form-check-input", "aria-label": label})
    return forms.BooleanField(label=label, initial=initial, required=False, widget=widget)

"""Logging a visit in under a minute: which way, who, when, to whom and why; everything else can wait."""

import re
from datetime import date

from django import forms

from partnerships.access.roles import role_of
from partnerships.memory.models import Action, Change
from partnerships.organisations.models import Organisation
from partnerships.people.actions import record_person
from partnerships.people.models import POLITICAL, Person
from partnerships.records.forms import LARGEST_NUMBER, MainForm, Notice
from partnerships.records.picking import PickSelect, twins
from partnerships.values.forms import DayField, TextField
from partnerships.visits.forms import title_of
from partnerships.visits.models import Direction, FollowUp, Participant, ParticipantRole, Side, Visit, VisitStatus

WHICH_WAY = [(Direction.INBOUND, "To us"), (Direction.OUTBOUND, "We went"), (Direction.VIRTUAL, "Online")]
NOBODY = "Say who: choose a body, or write below how they are known."
UNNAMED = "Give the name that this belongs to, or leave it empty."
WHO_IS_IT = "Somebody of nearly this name is in the register. Say whether it is the same person; nothing is saved yet."
SOMEBODY_ELSE = "new"
CARE = (
    "This role may tell of political opinions, which are sensitive personal data (UK GDPR): the person is marked so. "
    "Record no more of it than the visit needs."
)
FOLDED = ("head_name", "head_family_first", "head_title", "head_post", "head_is", "follow_up", "follow_up_due")


def last_home(user) -> int | None:
    """The home of the visit that somebody recorded last; None for a first one."""
    made = Change.objects.filter(user_id=user.pk, kind="visit", action=Action.CREATED).order_by("-pk")
    visit = Visit.objects.filter(pk=made.values("row_id")[:1]).values_list("home", flat=True)
    homes = list(Organisation.objects.homes().values_list("pk", flat=True)[:2])
    return visit.first() or (homes[0] if len(homes) == 1 else None)


class LogForm(MainForm):
    """A visit as one remembers it on the way back: two sides, a date as vague as it is known, and why."""

    direction = forms.ChoiceField(label="Which way", choices=WHICH_WAY, widget=forms.RadioSelect)
    home = forms.ModelChoiceField(Organisation.objects.homes(), label="At home", empty_label="Choose one of our own")
    group = TextField(
        label="Or as you know them", required=False, max_length=200, help_text="An unnamed group, or a body not found."
    )
    group_size = forms.IntegerField(label="How many", required=False, min_value=1, max_value=LARGEST_NUMBER)
    host = forms.ModelChoiceField(
        Person.objects.all(), label="Received by", required=False, widget=PickSelect(Person.path)
    )
    host_name = TextField(label="Or a new name", required=False, max_length=160)
    host_is = forms.ChoiceField(label="Who is that?", widget=forms.RadioSelect)
    head_name = TextField(label="Head of delegation", required=False, max_length=160, help_text="The name as printed.")
    head_family_first = forms.BooleanField(label="The family name stands first, as in Zhang Wei", required=False)
    head_title = TextField(label="Form of address", required=False, max_length=60)
    head_post = TextField(label="Post", required=False, max_length=200, help_text="Such as Dean, or Party Secretary.")
    head_is = forms.ChoiceField(label="Who is that?", widget=forms.RadioSelect)
    follow_up = TextField(label="One thing to do next", required=False, max_length=300)
    follow_up_due = DayField(label="By when", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    class Meta:
        model = Visit
        fields = ["direction", "partner", "happens_on", "home", "purpose"]
        labels = {"partner": "Who", "purpose": "Why"}
        help_texts = {"partner": "Who came to us, or whom we met."}
        never_unknown = (
            *("partner", "purpose", "group", "group_size", "host", "host_name", "head_name", "head_title", "head_post"),
            *("follow_up", "follow_up_due"),
        )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("host", "head"):
            near = self.near(name)
            if near:
                self.fields[f"{name}_is"].choices = near
                self.fields[f"{name}_is"].error_messages["required"] = WHO_IS_IT
            else:
                del self.fields[f"{name}_is"]

    def near(self, name: str) -> list[tuple[str, str]]:
        """Who of the register a typed name may be, and somebody else; nothing where nobody is called nearly so."""
        typed = str(self.data.get(f"{name}_name", ""))[:160].replace("\x00", "") if self.is_bound else ""
        found = [(str(one.record_id), " · ".join(filter(None, [one.title, one.second]))) for one in self.alike(typed)]
        return [*found, (SOMEBODY_ELSE, "Somebody else: record a new person")] if found else []

    def alike(self, typed: str) -> list:
        """The people whose names are nearly what was typed."""
        return twins("person", typed, role_of(self.user)) if typed else []

    def noticed(self) -> list[tuple[Notice, bool]]:
        """The word of care about a post, and whether the typed one calls for it."""
        typed = str(self["head_post"].value() or "")
        return [(Notice(("head_post",), POLITICAL, CARE, bool), bool(re.search(POLITICAL, typed, re.IGNORECASE)))]

    def opened(self) -> bool:
        """Whether something was said of what can wait."""
        return any(self[name].value() or self[name].errors for name in FOLDED if name in self.fields)

    def clean(self) -> dict:
        """Both sides are known somehow, nobody stands on both, and a name belongs to what is said of it."""
        cleaned = super().clean()
        who = cleaned.get("partner") or cleaned.get("group")
        if not who and not {"partner", "group"} & self.errors.keys():
            self.add_error("partner", NOBODY)
        if who and cleaned.get("home") and cleaned.get("direction"):
            self.instance.title = title_of(cleaned["direction"], cleaned["home"], who)
        if cleaned.get("group_size") and not cleaned.get("group"):
            self.add_error("group", "Say who they are that are so many, or leave the number empty.")
        if not cleaned.get("head_name") and (cleaned.get("head_title") or cleaned.get("head_post")):
            self.add_error("head_name", UNNAMED)
        if cleaned.get("follow_up_due") and not cleaned.get("follow_up"):
            self.add_error("follow_up", "Say what is due on that day, or leave the day empty.")
        self.refuse_two_hosts(cleaned)
        self.refuse_both_sides(cleaned)
        self.instance.status = VisitStatus.PLANNED if self.lies_ahead(cleaned) else VisitStatus.HAPPENED
        return cleaned

    def refuse_two_hosts(self, cleaned: dict) -> None:
        """One person received: chosen, or typed."""
        if cleaned.get("host") and cleaned.get("host_name"):
            self.add_error(
                "host_name", f"{cleaned['host']} is chosen already. Keep one of the two; add the other later."
            )

    def refuse_both_sides(self, cleaned: dict) -> None:
        """Nobody both came and received."""
        hosts = {str(cleaned["host"].pk) if cleaned.get("host") else "", cleaned.get("host_is")}
        if cleaned.get("head_is") not in (None, SOMEBODY_ELSE) and cleaned["head_is"] in hosts:
            self.add_error(
                "head_name", "This person is said to have received the visitors. Nobody stands on both sides."
            )

    def lies_ahead(self, cleaned: dict) -> bool:
        """Whether the visit can't have happened yet."""
        when = cleaned.get("happens_on")
        return bool(when and when.earliest and when.earliest > self.today)

    def save(self, commit=True) -> Visit:
        """The visit with whoever is named, and what is to be done next."""
        visit, said = super().save(commit), self.cleaned_data
        guests = visit.home if visit.direction == Direction.OUTBOUND else visit.partner
        self.takes_part(Side.VISITOR, self.who("head", guests), ParticipantRole.HEAD, guests, 1)
        if said["group"]:
            Participant.objects.create(
                visit=visit, group=said["group"], group_size=said["group_size"], organisation=guests, order=2
            )
        self.takes_part(Side.HOST, said["host"] or self.who("host"), ParticipantRole.HOST_LEAD, None, 3)
        if said["follow_up"]:
            FollowUp.objects.create(visit=visit, what=said["follow_up"], due_on=said["follow_up_due"])
        return visit

    def who(self, name: str, organisation: Organisation | None = None) -> Person | None:
        """The person that a typed name means: the one of the register that was chosen, or a new one."""
        said = self.cleaned_data
        if not said[f"{name}_name"]:
            return None
        if said.get(f"{name}_is", SOMEBODY_ELSE) != SOMEBODY_ELSE:
            return Person.objects.get(pk=said[f"{name}_is"])
        return record_person(
            name=said[f"{name}_name"],
            family_first=said.get(f"{name}_family_first", False),
            title=said.get(f"{name}_title", ""),
            post=said.get(f"{name}_post", ""),
            organisation=organisation,
        )

    def takes_part(self, side: Side, person: Person | None, role: ParticipantRole, organisation, order: int) -> None:
        """Somebody took part, if anybody is named."""
        if person is not None:
            Participant.objects.create(
                visit=self.instance, side=side, person=person, role=role, organisation=organisation, order=order
            )

    def save_gaps(self) -> list[str]:
        """Keep whether the date is unknown; besides, what was taken for granted, in sentences."""
        told = super().save_gaps()
        if self.instance.status == VisitStatus.PLANNED:
            told.append("Its day lies ahead, so it is kept as planned and not as happened.")
        known = self.cleaned_data.get("head_is", SOMEBODY_ELSE) != SOMEBODY_ELSE
        if known and (self.cleaned_data["head_post"] or self.cleaned_data["head_title"]):
            told.append("Who led it was known already: add the post or form of address on that person’s page.")
        elif any(holds for _, holds in self.noticed()):
            told.append(CARE)
        return told

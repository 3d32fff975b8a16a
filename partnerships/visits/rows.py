"""The rows of a visit's form: who took part, what was done, what was asked and signed, what follows, whom to thank."""

from partnerships.people.models import POLITICAL
from partnerships.records.forms import Notice, RecordForm
from partnerships.records.rows import Rows
from partnerships.undertakings.models import Undertaking
from partnerships.visits.models import (
    SHOWS_RESEARCH,
    FollowUp,
    ItineraryItem,
    Participant,
    ParticipantRole,
    ThankYou,
    VisitAgreement,
)


class ParticipantForm(RecordForm):
    """A person who took part, or an unnamed group."""

    notices = (
        Notice(
            ("person",),
            POLITICAL,
            "A role of this person may be sensitive personal data (UK GDPR): record here only what the visit needs.",
            lambda row: bool(row.person_id and row.person.is_sensitive),
        ),
    )

    class Meta:
        model = Participant
        fields = ["side", "person", "group", "group_size", "role", "organisation", "address_as"]

    def _get_validation_exclusions(self) -> set[str]:
        """Leave who stands twice to `Participant.at_odds`: the row that is in the way may be going."""
        return super()._get_validation_exclusions() | {"visit"}

    def gives_up(self) -> bool:
        """Whether somebody leads no more, or not on this side."""
        return self.initial.get("role") == ParticipantRole.HEAD and bool({"role", "side"} & {*self.changed_data})


class ItineraryItemForm(RecordForm):
    """One item of the itinerary."""

    notices = (
        Notice(
            ("kind", "title"),
            SHOWS_RESEARCH,
            "Export control: agree beforehand what may be shown to these visitors, and whom to ask in doubt.",
            lambda item: item.shows_research,
        ),
    )

    class Meta:
        model = ItineraryItem
        fields = [
            "kind",
            "title",
            "on_day",
            "starts_at",
            "ends_at",
            "time",
            "place",
            "led_by",
            "joined_by",
            "organisation",
            "shown",
        ]


class PromiseForm(RecordForm):
    """What was asked, promised or agreed."""

    class Meta:
        model = Undertaking
        fields = ["wording", "detail", "standing", "by", "owner", "due_on", "evidence"]


class VisitAgreementForm(RecordForm):
    """An agreement that the visit has to do with."""

    class Meta:
        model = VisitAgreement
        fields = ["agreement", "kind"]


class FollowUpRules(RecordForm):
    """Done means that it is said what was done; somebody else than the owner checks it, and says so personally."""

    def clean(self):
        """Refuse “done” without words, an owner who checks, and a check that somebody else claims."""
        cleaned = super().clean()
        if cleaned.get("done_on") and not cleaned.get("outcome") and {"done_on", "outcome"} & {*self.changed_data}:
            self.add_error("outcome", "Say what was done.")
        if cleaned.get("checker") and cleaned["checker"] == cleaned.get("owner"):
            self.add_error("checker", "Somebody else than the owner checks it. Choose another person, or nobody.")
        if cleaned.get("checked_on") and "checked_on" in self.changed_data and cleaned.get("checker") != self.user:
            self.add_error("checked_on", "Only who checks it says that it was checked.")
        if not cleaned.get("done_on") and "checked_on" not in self.fields:
            self.instance.checked_on = None  # what is to be done again is to be checked again
        return cleaned


class FollowUpRowForm(FollowUpRules):
    """What is to be done after the visit."""

    class Meta:
        model = FollowUp
        fields = ["what", "owner", "due_on", "checker", "done_on", "outcome"]


class ThankYouForm(RecordForm):
    """Somebody to be thanked."""

    class Meta:
        model = ThankYou
        fields = ["person", "organisation", "whom", "for_what", "owner", "sent_on"]


VISIT_ROWS = (
    Rows(
        Participant,
        ParticipantForm,
        "Participants",
        "participant",
        hint="In the order of precedence: a person, or an unnamed group whose number may be left open.",
        joins=("person", "organisation"),
    ),
    Rows(
        ItineraryItem,
        ItineraryItemForm,
        "Itinerary",
        "item",
        extra=0,
        hint="In the order in which things happen; days and times only as far as known.",
        joins=("place", "led_by", "organisation"),
    ),
    Rows(
        Undertaking,
        PromiseForm,
        "Asked, promised, agreed",
        "line",
        extra=0,
        hint="One line each. A suggestion by a visitor is asked for; it is no agreement.",
        joins=("by", "owner"),
    ),
    Rows(
        VisitAgreement,
        VisitAgreementForm,
        "Agreements",
        "agreement",
        extra=0,
        hint="Only where something says that the two belong together; the same year is no reason.",
        joins=("agreement",),
    ),
    Rows(
        FollowUp,
        FollowUpRowForm,
        "Follow-ups",
        "follow-up",
        extra=0,
        hint="What is to be done, by whom and until when.",
        joins=("owner", "checker"),
    ),
    Rows(
        ThankYou,
        ThankYouForm,
        "Thanks",
        "thank-you",
        extra=0,
        hint="Who should be thanked, for what, and who writes.",
        joins=("person", "organisation", "owner"),
    ),
)

"""By which conditions agreements are looked for."""

from django.db.models import Q
from django.utils import timezone

from partnerships.agreements.models import Agreement, WorkflowStep
from partnerships.agreements.states import LegalState, legal_state
from partnerships.organisations.models import Organisation, Place
from partnerships.records.filters import Choice, Pick, RecordFilter, TermChoice, YesNo


class LegalStateChoice(Choice):
    """Any of the computed states of today."""

    def condition(self, rows, value: list[str]) -> Q:
        """The state is computed in the query itself, so that list, count and export agree."""
        known = Agreement.objects.annotate(found=legal_state(timezone.localdate())).filter(found__in=value)
        return Q(pk__in=known.values("pk"))


class AgreementFilter(RecordFilter):
    """Conditions on agreements."""

    spans = {"signed": ("signed_on", "Signed"), "ends": ("ends_on", "Ends"), "starts": ("starts_on", "Starts")}

    home = TermChoice("parties__organisation", "organisation", "Home", where="is_home")
    state = LegalStateChoice("state", LegalState, "Legal state")
    type = TermChoice("type", "agreementtype", "Type", unknown="type not stated")
    party = Pick(Organisation, "Party", where=lambda one: Q(parties__organisation=one))
    place = Pick(
        Place,
        "A party is in",
        where=lambda one: Q(
            parties__organisation__place__lineage__startswith=one.lineage, parties__organisation__is_home=False
        ),
    )
    activity = TermChoice("undertakings__activities", "activity", "Activity")
    subject = TermChoice("undertakings__subjects", "subject", "Subject")
    step = Choice("step", WorkflowStep, "Workflow step", unknown="no step recorded")
    has_owner = YesNo("Somebody owns it", Q(owner__isnull=False))

    class Meta:
        model = Agreement
        fields: list[str] = []

"""Visits and follow-ups in the workshop."""

from django.contrib import admin

from partnerships.records.workshop import ChildAdmin, ChildInline, RecordAdmin, Table, TermAdmin
from partnerships.undertakings.models import Undertaking
from partnerships.visits.models import (
    ChecklistLine,
    FollowUp,
    ItineraryItem,
    Minutes,
    Participant,
    Preparation,
    ThankYou,
    Visit,
    VisitAgreement,
    VisitKind,
    VisitStep,
)


class ParticipantInline(ChildInline):
    """Who took part."""

    model = Participant
    autocomplete_fields = ["person", "organisation"]


class ItineraryItemInline(ChildInline):
    """What was done."""

    model = ItineraryItem
    exclude = ["joined_by"]
    autocomplete_fields = ["place", "led_by", "organisation"]


class VisitAgreementInline(ChildInline):
    """The agreements that it has to do with."""

    model = VisitAgreement
    autocomplete_fields = ["agreement"]


class PromiseInline(ChildInline):
    """What was asked, promised or agreed."""

    model = Undertaking
    fields = ["wording", "detail", "standing", "by", "owner", "due_on", "evidence", "order"]
    autocomplete_fields = ["by", "owner"]


class FollowUpInline(ChildInline):
    """What is to be done."""

    model = FollowUp
    fields = ["what", "owner", "due_on", "checker", "done_on", "outcome", "order"]
    autocomplete_fields = ["owner", "checker"]


@admin.register(Visit)
class VisitAdmin(RecordAdmin):
    """Visits with everything that hangs on them."""

    ordering = ["title", "pk"]
    list_display = ["title", "direction", "home", "partner", "happens_on_edtf", "status"]
    list_filter = ["direction", "status", "kind", "visibility"]
    list_select_related = ["home", "partner"]
    autocomplete_fields = ["home", "partner", "kind", "place", "after", "owner"]
    inlines = [ParticipantInline, ItineraryItemInline, PromiseInline, VisitAgreementInline, FollowUpInline]


@admin.register(FollowUp)
class FollowUpAdmin(RecordAdmin):
    """Follow-ups of visits, agreements and partnerships."""

    list_display = ["what", "owner", "due_on", "done_on"]
    list_filter = ["visibility"]
    list_select_related = ["owner"]
    autocomplete_fields = ["visit", "agreement", "partnership", "undertaking", "owner", "checker"]


@admin.register(ChecklistLine)
class ChecklistLineAdmin(Table):
    """The office's checklists."""

    list_display = ["what", "kind", "direction", "days_before", "order", "is_active"]
    list_filter = ["is_active", "direction", "kind"]
    list_select_related = ["kind"]
    search_fields = ["what"]
    search_help_text = "Part of what is to be prepared."
    autocomplete_fields = ["kind"]


class WrittenOnce(ChildAdmin):
    """What was taken or written at a moment, and is never changed afterwards."""

    def has_add_permission(self, request) -> bool:
        """Only on the visit’s own page."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """It is read here."""
        return False


admin.site.register(VisitKind, TermAdmin)
admin.site.register([Participant, ItineraryItem, VisitAgreement, Preparation, ThankYou], ChildAdmin)
admin.site.register([VisitStep, Minutes], WrittenOnce)

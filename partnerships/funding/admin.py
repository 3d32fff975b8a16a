"""Funding and projects in the workshop."""

from django.contrib import admin

from partnerships.funding.models import Funding, FundingKind, Project, ProjectPartner
from partnerships.records.workshop import ChildInline, RecordAdmin, TermAdmin


class ProjectPartnerInline(ChildInline):
    """Who takes part."""

    model = ProjectPartner
    autocomplete_fields = ["organisation"]


@admin.register(Project)
class ProjectAdmin(RecordAdmin):
    """Projects with their partners."""

    list_display = ["title", "stands_for", "how_many", "home", "status"]
    list_filter = ["status", "stands_for", "visibility"]
    list_select_related = ["home"]
    search_fields = ["title", "aims", "handle"]
    autocomplete_fields = ["home", "agreement", "places", "subjects"]
    inlines = [ProjectPartnerInline]


@admin.register(Funding)
class FundingAdmin(RecordAdmin):
    """Money that followed."""

    list_display = ["title", "kind", "funder", "recipient", "amount", "currency"]
    list_filter = ["kind", "stage", "currency", "visibility"]
    list_select_related = ["kind", "funder", "recipient"]
    search_fields = ["title", "purpose", "amount_stated", "handle"]
    autocomplete_fields = ["kind", "funder", "recipient", "agreement", "programme", "visit", "project"]


admin.site.register(FundingKind, TermAdmin)

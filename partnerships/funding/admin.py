"""Funding and projects in the workshop."""

from django.contrib import admin

from partnerships.funding.models import ExchangeRate, Funding, FundingKind, Project, ProjectPartner
from partnerships.records.workshop import ChildAdmin, ChildInline, RecordAdmin, Table, TermAdmin
from partnerships.records.workshop_lists import TypedFilter


class CurrencyFilter(TypedFilter):
    """The currency, by its code."""

    title = parameter_name = "currency"

    def narrowed(self, rows, typed):
        """Money in that currency."""
        return rows.filter(currency=typed.upper())


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
    autocomplete_fields = ["home", "agreement", "places", "subjects"]
    inlines = [ProjectPartnerInline]


@admin.register(Funding)
class FundingAdmin(RecordAdmin):
    """Money that followed."""

    list_display = ["title", "kind", "funder", "recipient", "amount", "currency"]
    list_filter = ["kind", "stage", CurrencyFilter, "visibility"]
    list_select_related = ["kind", "funder", "recipient"]
    autocomplete_fields = ["kind", "funder", "recipient", "agreement", "programme", "visit", "project"]


@admin.register(ExchangeRate)
class ExchangeRateAdmin(Table):
    """Rates by which sums are converted where somebody asks for it."""

    list_display = ["currency", "to_currency", "rate", "holds_on", "source"]
    list_filter = [CurrencyFilter]
    search_fields = ["currency", "to_currency", "source"]
    search_help_text = "A currency, or part of who says so."


admin.site.register(FundingKind, TermAdmin)
admin.site.register(ProjectPartner, ChildAdmin)

"""Programmes and cohorts in the workshop."""

from django.contrib import admin

from partnerships.programmes.models import Cohort, Programme, ProgrammeInstitution, ProgrammeType
from partnerships.records.workshop import ChildAdmin, ChildInline, RecordAdmin, TermAdmin


class InstitutionInline(ChildInline):
    """Who has a part in the programme."""

    model = ProgrammeInstitution
    autocomplete_fields = ["organisation"]


@admin.register(Programme)
class ProgrammeAdmin(RecordAdmin):
    """Programmes with their institutions."""

    list_display = ["title", "type", "home", "starts_on_edtf"]
    list_filter = ["type", "visibility"]
    list_select_related = ["type", "home"]
    autocomplete_fields = ["type", "home", "agreement", "diploma_by", "places", "subjects"]
    inlines = [InstitutionInline]


@admin.register(Cohort)
class CohortAdmin(RecordAdmin):
    """Cohorts of programmes."""

    list_display = ["name", "programme", "enters_on_edtf", "status"]
    list_filter = ["status", "visibility"]
    list_select_related = ["programme"]
    autocomplete_fields = ["programme"]


admin.site.register(ProgrammeType, TermAdmin)
admin.site.register(ProgrammeInstitution, ChildAdmin)

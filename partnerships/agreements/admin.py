"""Agreements in the workshop."""

from django.contrib import admin

from partnerships.agreements.models import Agreement, AgreementRelation, AgreementType, Party
from partnerships.records.workshop import ChildAdmin, ChildInline, RecordAdmin, TermAdmin


class PartyInline(ChildInline):
    """The sides of an agreement; the database refuses to commit fewer than two, so the form does so first."""

    model = Party
    autocomplete_fields = ["organisation", "signatory", "signed_place"]
    min_num = 2

    def get_formset(self, request, obj=None, **kwargs):
        """Count the parties before saving."""
        return super().get_formset(request, obj, validate_min=True, **kwargs)


class RelationInline(ChildInline):
    """How it stands to other agreements."""

    model = AgreementRelation
    fk_name = "agreement"
    autocomplete_fields = ["to_agreement"]


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    """Agreements with their parties."""

    ordering = ["title", "pk"]
    list_display = ["title", "type", "signed_on_edtf", "ends_on_edtf", "owner"]
    list_filter = ["type", "step", "event"]
    list_select_related = ["type", "owner"]
    autocomplete_fields = ["type", "signed_place", "owner"]
    inlines = [PartyInline, RelationInline]


admin.site.register(AgreementType, TermAdmin)
admin.site.register([Party, AgreementRelation], ChildAdmin)

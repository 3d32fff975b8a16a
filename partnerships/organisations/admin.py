"""Organisations, places and partnerships in the workshop."""

from django.contrib import admin

from partnerships.organisations.models import (
    Organisation,
    OrganisationKind,
    OrganisationName,
    Partnership,
    Place,
    Relation,
)
from partnerships.people.models import ContactPoint
from partnerships.records.workshop import ChildAdmin, ChildInline, RecordAdmin, TermAdmin
from partnerships.undertakings.models import Undertaking


class NameInline(ChildInline):
    """The other names of an organisation."""

    model = OrganisationName


class OrganisationRelationInline(ChildInline):
    """How an organisation stands to others."""

    model = Relation
    fk_name = "organisation"
    exclude = ["place"]
    autocomplete_fields = ["to_organisation", "to_person", "to_place"]


class ContactPointInline(ChildInline):
    """How an organisation is reached."""

    model = ContactPoint
    exclude = ["person"]


class PlaceRelationInline(ChildInline):
    """How a place stands to others."""

    model = Relation
    fk_name = "place"
    exclude = ["organisation"]
    autocomplete_fields = ["to_organisation", "to_person", "to_place"]


class AreaInline(ChildInline):
    """The areas of cooperation of a partnership."""

    model = Undertaking
    fields = ["wording", "detail", "standing", "by", "owner", "due_on", "evidence", "order"]
    autocomplete_fields = ["by", "owner"]


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    """Organisations with their names, relations and contact points."""

    ordering = ["name", "pk"]
    list_display = ["name", "kind", "place", "parent", "is_home"]
    list_filter = ["is_home", "kind", "visibility"]
    list_select_related = ["kind", "place", "parent"]
    autocomplete_fields = ["kind", "place", "parent"]
    inlines = [NameInline, OrganisationRelationInline, ContactPointInline]


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    """Places in the place they lie in."""

    list_display = ["name", "native_name", "kind", "parent"]
    list_filter = ["kind", "visibility"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]
    readonly_fields = [*RecordAdmin.readonly_fields, "lineage"]
    inlines = [PlaceRelationInline]


@admin.register(Partnership)
class PartnershipAdmin(RecordAdmin):
    """Partnerships with their areas of cooperation."""

    list_display = ["partner", "home", "status", "since_edtf", "looked_after_by"]
    list_filter = ["status", "presentation", "visibility"]
    list_select_related = ["home", "partner", "looked_after_by"]
    autocomplete_fields = ["home", "partner", "looked_after_by"]
    inlines = [AreaInline]


admin.site.register(OrganisationKind, TermAdmin)
admin.site.register([OrganisationName, Relation], ChildAdmin)

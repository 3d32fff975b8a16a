"""What follows from the names of an organisation."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from partnerships.organisations.models import NameKind, Organisation, OrganisationName


def write_native_names(organisations: Iterable[int] | None = None) -> int:
    """Copy the first native name of these organisations (all for None) to where lists read it; how many changed."""
    natives = OrganisationName.objects.filter(organisation=OuterRef("pk"), kind=NameKind.NATIVE).order_by("order", "pk")
    first = Coalesce(Subquery(natives.values("value")[:1]), Value(""))
    rows = Organisation.objects.order_by()
    rows = rows if organisations is None else rows.filter(pk__in=organisations)
    changed = rows.annotate(first_native=first).exclude(native_name=first)
    return Organisation.objects.filter(pk__in=list(changed.values_list("pk", flat=True))).update(native_name=first)


def follow_names(changed: Iterable[tuple[str, int]]) -> None:
    """Keep the native names of changed organisations right, in the transaction of the change."""
    if ids := [pk for kind, pk in changed if kind == "organisation"]:
        write_native_names(ids)

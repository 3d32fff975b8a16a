"""The names that a reader may see, as a gazetteer: one query over the catalogue."""

from partnerships.access.models import Entry
from partnerships.access.roles import Role
from partnerships.access.scoping import scope_to
from partnerships.intake.recognition import Gazetteer
from partnerships.intake.recognition.gazetteer import Known
from partnerships.organisations.models import Organisation

KINDS = ("organisation", "person", "place")


def gazetteer_for(role: Role) -> Gazetteer:
    """The bodies, people and places that this role sees, by all their names."""
    made = Gazetteer()
    homes = set(scope_to(role, Organisation.objects.homes()).values_list("pk", flat=True))
    entries = Entry.objects.filter(kind__in=KINDS, visibility__lte=role).order_by("kind", "pk")
    for kind, pk, title, names in entries.values_list("kind", "record_id", "title", "names_key"):
        known = Known(kind, pk, title, kind == "organisation" and pk in homes)
        made.add(known, title, *names.split(" ¦ "))
    return made

"""The options of vocabularies, read once and again only when a vocabulary has changed."""

from collections.abc import Callable
from contextvars import ContextVar
from hashlib import sha256

from django.apps import apps
from django.core.cache import caches
from django.utils.safestring import SafeString

from partnerships.access.models import Visibility
from partnerships.memory.models import Change

VOCABULARIES = (
    "organisationkind",
    "agreementtype",
    "activity",
    "subject",
    "visitkind",
    "programmetype",
    "fundingkind",
    "organisation",
)


LOCAL = "template_fragments"  # the cache of this process; the stamp keeps it right in all of them
_stamp: ContextVar[int] = ContextVar("stamp", default=-1)


def look_again() -> None:
    """Ask once per request whether a vocabulary or an organisation has changed."""
    latest = Change.objects.filter(kind__in=VOCABULARIES).order_by("-pk").values_list("pk", flat=True).first()
    _stamp.set(latest or 0)


def remembered_drawing(key: str, draw: Callable[[], SafeString]) -> SafeString:
    """What `draw` draws, kept in this process until a vocabulary or an organisation changes."""
    key = f"drawing:{_stamp.get()}:{sha256(key.encode()).hexdigest()}"
    found = caches[LOCAL].get(key)
    if found is None:
        found = draw()
        caches[LOCAL].set(key, found, 3600)
    return found


def terms_of(model: str, where: str = "") -> list[tuple[str, str]]:
    """The (code, label) of every term; for organisations the (handle, name) of those for which `where` is true."""
    key = f"options:{model}:{where}:{_stamp.get()}"
    found = caches[LOCAL].get(key) if _stamp.get() >= 0 else None
    if found is None:
        rows = apps.get_model("partnerships", model).objects
        if where:
            found = list(
                rows.filter(**{where: True}, visibility=Visibility.EVERYONE)
                .order_by("name")
                .values_list("handle", "name")
            )
        else:
            found = list(rows.filter(is_active=True).order_by("label").values_list("code", "label"))
        caches[LOCAL].set(key, found, 3600)
    return found

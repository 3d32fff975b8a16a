"""The options of filters, read once and again only when something in the register has changed."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from hashlib import sha256

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django.apps import apps
from django.core.cache import caches
from django.forms import BoundField
from django.forms.models import ModelChoiceIterator
from django.utils.safestring import SafeString

from partnerships.access.roles import Role
from partnerships.memory.models import Change
from partnerships.records.picking import PickSelect

LOCAL = "template_fragments"  # the cache of this process; the stamp keeps it right in all of them
_stamp: ContextVar[int] = ContextVar("stamp", default=-1)
_role: ContextVar[Role] = ContextVar("role", default=Role.VIEWER)


def look_again(role: Role) -> None:
    """Ask once per request whether anything has changed, and for whom the options are."""
    _stamp.set(Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    _role.set(role)


def remembered_drawing(key: str, draw: Callable[[], SafeString]) -> SafeString:
    """What `draw` draws, kept in this process until anything changes."""
    key = f"drawing:{_stamp.get()}:{sha256(key.encode()).hexdigest()}"
    found = caches[LOCAL].get(key)
    if found is None:
        found = draw()
        caches[LOCAL].set(key, found, 3600)
    return found


@lru_cache(maxsize=1000)
def kept(*content) -> list[SafeString]:
    """Where the drawing of this content is kept, once it was drawn."""
    return []


def drawn_condition(kind: str, field: BoundField) -> SafeString:
    """A condition as crispy draws it; as long as nothing is chosen in it, once for each set of its options."""
    offered = () if isinstance(field.field.widget, PickSelect) else getattr(field.field, "choices", ())
    if field.value() not in (None, "", []) or isinstance(offered, ModelChoiceIterator):
        return as_crispy_field(field)
    place = kept(kind, field.name, *((str(value), str(label)) for value, label in offered))
    if not place:
        place.append(as_crispy_field(field))
    return place[0]


def terms_of(model: str, where: str = "") -> list[tuple[str, str]]:
    """The (code, label) of every term; for organisations the (handle, name) of those for which `where` is true."""
    key = f"options:{model}:{where}:{_role.get()}:{_stamp.get()}"
    found = caches[LOCAL].get(key) if _stamp.get() >= 0 else None
    if found is None:
        rows = apps.get_model("partnerships", model).objects
        if where:
            found = list(
                rows.filter(**{where: True}, visibility__lte=_role.get()).order_by("name").values_list("handle", "name")
            )
        else:
            found = list(rows.filter(is_active=True).order_by("label").values_list("code", "label"))
        caches[LOCAL].set(key, found, 3600)
    return found

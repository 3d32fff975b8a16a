"""What the shell of every page shows: the menu, and who is signed in."""

from dataclasses import dataclass

from django.conf import settings

from partnerships.access import second_factor
from partnerships.access.models import preferences_of
from partnerships.access.roles import Role, role_of
from partnerships.records.kinds import kinds


@dataclass(frozen=True)
class Item:
    """One noun of the menu."""

    title: str
    url: str
    current: bool
    is_main: bool


def shell(request) -> dict:
    """The context of `base.html`; nothing of the register for somebody without a role, or before a second factor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        site = settings.SINGLE_SIGN_ON
        return {"menu": [], "account": None, "single_sign_on": site.name if site else ""}
    role = Role.NOBODY if second_factor.is_missing(user) else role_of(user)
    here = request.path
    items = [Item("Home", "/", here == "/", True)] if role else []
    if role:
        items.append(Item("Reviews", "/reviews/", here.startswith("/reviews/"), role == Role.MANAGER))
    items += [
        Item(kind.plural, f"/{kind.path}/", here.startswith(f"/{kind.path}/"), kind.is_main) for kind in kinds() if role
    ]
    if role:
        items.append(Item("Calendar", "/calendar/", here.startswith("/calendar/"), False))
    if role >= Role.STAFF:
        items.append(Item("Log a visit", "/visits/log/", False, False))
    if role >= Role.ADMIN:
        items.append(Item("Workshop", "/admin/", here.startswith("/admin/"), False))
        items.append(Item("Patterns", "/patterns/", here == "/patterns/", False))
    account = {
        "user": user,
        "role": role.title,
        "look": preferences_of(user),
        "needs_second_factor": second_factor.is_required_of(user),
    }
    return {"menu": items, "account": account}

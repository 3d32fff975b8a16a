"""Every route says who may use it; one without a rule is refused and fails the suite."""

from collections.abc import Callable
from enum import Enum

from django.urls import URLPattern, path

from partnerships.access.roles import Role


class Open(Enum):
    """Rules that ask for less than a role."""

    ANYBODY = "anybody, signed in or not"
    SIGNED_IN = "everybody who is signed in"


Rule = Role | Open

# Routes of libraries, by the start of their address; ours carry their rule themselves.
LIBRARY_RULES: tuple[tuple[str, Rule], ...] = (
    ("/accounts/login/", Open.ANYBODY),
    ("/accounts/logout/", Open.ANYBODY),
    ("/accounts/inactive/", Open.ANYBODY),
    ("/accounts/mfa/authenticate/", Open.ANYBODY),
    ("/accounts/mfa/", Open.SIGNED_IN),
    ("/accounts/reauthenticate/", Open.SIGNED_IN),
    ("/accounts/password/change/", Open.SIGNED_IN),
    ("/admin/logout/", Open.SIGNED_IN),
    ("/admin/", Role.ADMIN),
)


def route(
    address: str, view: Callable, rule: Rule, name: str, when_refused: Callable[..., None] | None = None
) -> URLPattern:
    """A URL pattern whose view declares who may use it.

    `when_refused` is called with the request, the sentence that refuses it and what the address names, before whoever
    has a lower role is told that sentence.
    """
    view.rule, view.when_refused = rule, when_refused
    return path(address, view, name=name)


def rule_of(view: Callable, address: str) -> Rule | None:
    """The rule of a view at an address, or None where nobody declared one."""
    declared = getattr(view, "rule", None)
    if declared is not None:
        return declared
    return next((rule for start, rule in LIBRARY_RULES if address.startswith(start)), None)

"""Which service of the university says who somebody is (OpenID Connect), read from the environment."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.reading import flag, pairs
from partnerships.access.roles import Role

NEEDED = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
FURTHER = ("OIDC_NAME", "OIDC_ROLE_CLAIM", "OIDC_ROLES", "OIDC_WITHOUT_ROLE", "OIDC_LINK_BY_EMAIL")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Issuer:
    """The service, and how a role follows from what it says; `without_role` is None where nobody enters without."""

    address: str
    client_id: str
    client_secret: str
    name: str
    role_claim: str
    roles: dict[str, Role]
    without_role: Role | None
    links_by_email: bool


def issuer(*, debug: bool) -> Issuer | None:
    """The service that the environment names, or None; a half-set one stops the start."""
    given = [name for name in (*NEEDED, *FURTHER) if os.environ.get(name)]
    missing = [name for name in NEEDED if name not in given]
    if not given:
        return None
    if missing:
        raise ImproperlyConfigured(f"{', '.join(missing)}: must be set too, since {given[0]} is.")
    address = os.environ["OIDC_ISSUER"]
    refuse_open_wire(address, debug)
    found = Issuer(
        address=address,
        client_id=os.environ["OIDC_CLIENT_ID"],
        client_secret=os.environ["OIDC_CLIENT_SECRET"],
        name=os.environ.get("OIDC_NAME") or "the university's account",
        role_claim=os.environ.get("OIDC_ROLE_CLAIM") or "groups",
        roles=pairs("OIDC_ROLES"),
        without_role=without_role(),
        links_by_email=flag("OIDC_LINK_BY_EMAIL", default=False),
    )
    if not found.roles and found.without_role is None:
        raise ImproperlyConfigured("OIDC_ROLES: must say which group has which role, or nobody could enter.")
    return found


def refuse_open_wire(address: str, debug: bool) -> None:
    """Only https, since whoever reads or changes the answers may be anybody; http for trials at this machine."""
    parts = urlsplit(address)
    trial = parts.scheme == "http" and (debug or parts.hostname in LOOPBACK)
    if not parts.hostname or not (parts.scheme == "https" or trial):
        raise ImproperlyConfigured("OIDC_ISSUER: must be an address that begins with https://.")


def without_role() -> Role | None:
    """What somebody is whose groups give no role: refused, or a viewer."""
    value = os.environ.get("OIDC_WITHOUT_ROLE") or "refuse"
    if value not in {"refuse", "viewer"}:
        raise ImproperlyConfigured(f"OIDC_WITHOUT_ROLE: write refuse or viewer, not “{value}”.")
    return Role.VIEWER if value == "viewer" else None

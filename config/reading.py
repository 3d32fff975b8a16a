"""How settings are read from the environment."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from partnerships.access.roles import Role

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def flag(name: str, *, default: bool) -> bool:
    """A setting that is on or off."""
    value = os.environ.get(name, "yes" if default else "no").strip().lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name}: write 1 or 0, not “{value}”.")
    return value in YES


def number(name: str, default: int, least: int = 0, most: int | None = None) -> int:
    """A setting that is a whole number, `least` or more and `most` or less."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}: write a whole number, not “{value}”.")
    if int(value) < least or (most is not None and int(value) > most):
        raise ImproperlyConfigured(f"{name}: write a whole number from {least} to {most}, not “{value}”.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A setting that is a list, divided by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def roles(name: str, default: str = "") -> frozenset[Role]:
    """A setting that is a list of roles."""
    return frozenset(role_named(name, word) for word in words(name, default))


def pairs(name: str) -> dict[str, Role]:
    """A setting that is a list of `group:role`; a group may hold colons itself."""
    found = {}
    for word in words(name):
        group, colon, role = word.rpartition(":")
        if not colon or not group:
            raise ImproperlyConfigured(f"{name}: write group:role, not “{word}”.")
        found[group.strip()] = role_named(name, role.strip())
    return found


def role_named(setting: str, word: str) -> Role:
    """The role of this name; the setting is named where there is none."""
    known = {role.title: role for role in Role if role}
    if word not in known:
        raise ImproperlyConfigured(f"{setting}: there is no role “{word}”. The roles are {', '.join(known)}.")
    return known[word]


def secret_key(path: Path) -> str:
    """The key from SECRET_KEY, else the one in this file, made on first use and readable by its owner only.

    The file appears complete or not at all, so that two first starts share one key.
    """
    if os.environ.get("SECRET_KEY"):
        return os.environ["SECRET_KEY"]
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii")

"""How settings are read from the environment."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def flag(name: str, *, default: bool) -> bool:
    """A setting that is on or off."""
    value = os.environ.get(name, "yes" if default else "no").strip().lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name}: write 1 or 0, not “{value}”.")
    return value in YES


def number(name: str, default: int) -> int:
    """A setting that is a whole number, zero or more."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}: write a whole number, not “{value}”.")
    return int(value)


def words(name: str) -> list[str]:
    """A setting that is a list, divided by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


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

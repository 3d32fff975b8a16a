"""Rules for passwords beyond Django's own."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class MaximumLengthValidator:
    """Refuses a password too long to be typed, before time goes into hashing it."""

    def __init__(self, max_length: int = 4096) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password above the limit."""
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return _("Your password must have at most %(limit)d characters.") % {"limit": self.max_length}


# What anybody guesses first here, whoever the account is.
CONTEXT = (
    "accord",
    "university",
    "password",
    "passwort",
    "international",
    "office",
    "partnership",
    "register",
    "liverpool",
)
LEAST_OF_ONES_OWN = 8
LEAST_DIFFERENT = 5
NAMES = ("username", "first_name", "last_name", "email")


class ContextValidator:
    """Refuses a password that holds little beside this register's words and the person's names (NIST SP 800-63B)."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError where too little is left without the words that anybody guesses."""
        rest = password.casefold()
        for word in sorted({*CONTEXT, *names_of(user)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < LEAST_OF_ONES_OWN and len(rest) < len(password):
            raise ValidationError(self.get_help_text(), code="password_of_context")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return _(
            "Your password must have at least %(least)d characters beside your names and words that anybody guesses "
            "here, such as accord, university and password."
        ) % {"least": LEAST_OF_ONES_OWN}


def names_of(user: object) -> set[str]:
    """The words of three letters or more in somebody's names and address."""
    names = " ".join(str(getattr(user, name, "") or "") for name in NAMES)
    return {word for word in re.split(r"[\W_]+", names.casefold()) if len(word) > 2}


class RepetitionValidator:
    """Refuses a password that is a few signs, or a few signs again and again."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for fewer than five different signs, and for one piece that fills it all."""
        if len(set(password.casefold())) < LEAST_DIFFERENT or is_repeated(password.casefold()):
            raise ValidationError(self.get_help_text(), code="password_repeats")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return _("Your password must not be a few characters again and again.")


def is_repeated(text: str) -> bool:
    """Whether a piece of at most half the text fills all of it, the last time perhaps in part."""
    return any(text.startswith(text[length:]) for length in range(1, len(text) // 2 + 1))

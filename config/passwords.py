"""Rules for passwords beyond Django's own."""

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

"""How people get in: accounts are made by an admin, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.http import url_has_allowed_host_and_scheme


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, and after sign-in only pages of this register."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "The user name or the password is wrong. Nobody was signed in; try again.",
    }

    def is_open_for_signup(self, request) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def is_safe_url(self, url) -> bool:
        """Only a path of this register, so no host at all is allowed."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

"""The second factor: an authenticator app, which a setting may require of some roles."""

from base64 import urlsafe_b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.utils.crypto import salted_hmac

from partnerships.access.roles import role_of

SET_UP = "/accounts/mfa/totp/activate/"
# What leads to a second factor or out; nothing of the register stands there.
ON_THE_WAY = (SET_UP, "/accounts/reauthenticate/", "/account/look/")
NO_PAGES = (".csv", ".xlsx", ".ics", "/pick/", "/autocomplete/")
SENTENCE = "Your role needs a second factor. Open any page of the register to set it up."


def has_second_factor(user) -> bool:
    """Whether somebody has an authenticator app, read with the user (see `backend`)."""
    if not hasattr(user, "has_second_factor"):
        user.has_second_factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return user.has_second_factor


def is_required_of(user) -> bool:
    """Whether the role of somebody needs a second factor."""
    return role_of(user) in settings.MFA_REQUIRED_ROLES


def is_missing(user) -> bool:
    """Whether somebody must set one up before anything of the register is shown."""
    return is_required_of(user) and not has_second_factor(user)


def lead_to_set_up(request: HttpRequest) -> HttpResponse | None:
    """The way to the set-up for who asks for a page, a refusal for everything else; None on the way itself."""
    if request.path in ON_THE_WAY:
        return None
    if request.method not in ("GET", "HEAD"):
        raise PermissionDenied(SENTENCE)
    if request.path.endswith(NO_PAGES) or not request.accepts("text/html"):
        return HttpResponseForbidden(SENTENCE, content_type="text/plain; charset=utf-8")
    return HttpResponseRedirect(SET_UP)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of apps and recovery codes encrypted, so that a copy of the database opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or was used already. Wait for the next one and type that."
    }

    def get_totp_label(self, user) -> str:
        """The name of the account, by which an app tells it apart."""
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """The text, readable only with the key of this installation."""
        return locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again; raises InvalidToken under another SECRET_KEY."""
        return locks().decrypt(encrypted_text.encode()).decode()


def locks() -> MultiFernet:
    """Locks made of SECRET_KEY and, for reading, of the keys before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("accord.second-factor", "lock", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])

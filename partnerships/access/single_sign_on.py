"""Coming in through the university's own sign-in service: which account somebody has here, and which role."""

from hashlib import sha256
from secrets import token_urlsafe

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from config.single_sign_on import Issuer
from partnerships.access.issuer import PROVIDER, Refused, Service
from partnerships.access.roles import Role, role_of
from partnerships.memory import remembered
from partnerships.values.text import clean_text

ASK = "Ask an admin of the register."


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The one service is that of the settings, whatever the database holds; the library makes no account by itself."""

    def list_apps(self, request, provider=None, client_id=None) -> list[SocialApp]:
        """The service as the library wants to know it."""
        site = settings.SINGLE_SIGN_ON
        if site is None:
            return []
        known = {"server_url": site.address.rstrip("/"), "issuer": site.address}
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=PROVIDER,
                name=site.name,
                client_id=site.client_id,
                secret=site.client_secret,
                settings=known,
            )
        ]

    def is_open_for_signup(self, request, sociallogin) -> bool:
        """Accounts are made below, where the service says which role they have."""
        return False


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Send somebody to the service, with what proves that they come back from there."""
    site = service_of_settings()
    if not ratelimit.consume(request, action="login"):
        return ratelimit.respond_429(request)
    asked = request.GET.get("next", "")
    challenge = generate_code_challenge()
    kept = {
        "process": "login",
        "next": asked if get_account_adapter().is_safe_url(asked) else "/",
        "nonce": token_urlsafe(32),
        "pkce_code_verifier": challenge.pop("code_verifier"),
    }
    try:
        service = Service(request)
        state = token_urlsafe(32)
        address = service.address_for(state, kept["nonce"], challenge)
    except Refused as refused:
        return refusal(request, refused, site)
    statekit.stash_state(request, provider_id=PROVIDER, state=kept, state_id=state)
    return HttpResponseRedirect(address)


@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Let in whom the service sends back, once it is proven who that is."""
    site = service_of_settings()
    try:
        state = state_of(request)
        service = Service(request)
        claims = service.claims(state)
        with remembered(f"Signed in with {site.name}"):
            account = account_for(claims, site)
            login = SocialLogin(account=SocialAccount(provider=PROVIDER, uid=account.uid), provider=service.provider)
            login.state = {"process": "login", "next": state["next"]}
            return complete_social_login(request, login)
    except Refused as refused:
        return refusal(request, refused, site)
    except IntegrityError:  # two windows made the account at the same moment, and the other one was first
        return refusal(request, Refused("Your account was made just now. Start again from the sign-in page."), site)


def service_of_settings() -> Issuer:
    """The settings of the service; without any, these addresses lead nowhere."""
    if settings.SINGLE_SIGN_ON is None:
        raise Http404("Accord signs nobody in through another service.")
    return settings.SINGLE_SIGN_ON


def state_of(request: HttpRequest) -> dict:
    """What was kept when this browser was sent to the service; used once."""
    state = statekit.unstash_state(request, state_id=request.GET.get("state", ""), provider_id=PROVIDER)
    if state is None:
        raise Refused("This sign-in was not begun here, or took too long. Start again from the sign-in page.")
    if "code" not in request.GET:
        raise Refused("The sign-in was not finished. Start again from the sign-in page.")
    return state


def account_for(claims: dict, site: Issuer) -> SocialAccount:
    """The account of whom the claims speak, made or linked where the settings allow, with the role they give."""
    role = role_from(claims, site)
    uid = sha256(f"{claims['iss']} {claims['sub']}".encode()).hexdigest()
    account = SocialAccount.objects.select_related("user").filter(provider=PROVIDER, uid=uid).first()
    if account is None:
        account = SocialAccount(user=linked_by_email(claims, site) or new_user(claims), provider=PROVIDER, uid=uid)
    if not account.user.is_active:
        raise Refused(f"Your account in this register is closed. {ASK}")
    if account.pk is None:
        account.user.save()
        account.save()
    give(account.user, role if site.roles else max(role, role_of(account.user)))
    return account


def role_from(claims: dict, site: Issuer) -> Role:
    """The highest role that the groups give."""
    groups = claims.get(site.role_claim)
    names = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
    given = [site.roles[name] for name in names if isinstance(name, str) and name in site.roles]
    role = max(given, default=site.without_role)
    if role is None:
        raise Refused(f"None of your groups has a role in this register. {ASK}")
    return role


def linked_by_email(claims: dict, site: Issuer) -> User | None:
    """The account here with the same e-mail, where the settings allow to link it; None where no account has it."""
    email = claims.get("email")
    if claims.get("email_verified") is False:
        raise Refused("The sign-in service has not verified your e-mail address. Verify it there, then try again.")
    found = list(User.objects.filter(email__iexact=email)[:2]) if email and isinstance(email, str) else []
    if not found:
        return None
    if len(found) > 1 or not site.links_by_email or claims.get("email_verified") is not True:
        raise Refused(f"An account with your e-mail address is here already. Sign in with its password. {ASK}")
    return found[0]


def new_user(claims: dict) -> User:
    """A user with the names that the service gives, without a password here."""
    email = words(claims, "email", 254) if claims.get("email_verified") is True else ""
    user = User(email=email, first_name=words(claims, "given_name", 150), last_name=words(claims, "family_name", 150))
    user.set_unusable_password()
    adapter = get_account_adapter()
    try:
        user.username = adapter.clean_username(words(claims, "preferred_username", 150))
    except ValidationError:
        adapter.populate_username(None, user)
    return user


def words(claims: dict, name: str, most: int) -> str:
    """A claim as a text that can be stored; '' where there is none."""
    try:
        return clean_text(str(claims.get(name) or ""))[:most]
    except ValueError:
        return ""


def give(user: User, role: Role) -> None:
    """Let somebody have this role and no other; nothing is written where they have it."""
    if set(user.groups.values_list("name", flat=True)) != {role.title}:
        user.groups.set([Group.objects.get(name=role.title)])
    if user.is_staff != (role == Role.ADMIN):
        user.is_staff = role == Role.ADMIN
        user.save(update_fields=["is_staff"])


def refusal(request: HttpRequest, refused: Refused, site: Issuer) -> HttpResponse:
    """The page that says why somebody can't come in, and what to do."""
    context = {"reason": str(refused), "name": site.name}
    return render(request, "account/refused.html", context, status=refused.status)

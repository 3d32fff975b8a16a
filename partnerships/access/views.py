"""The page of one's own account: who I am, how I sign in, how pages look to me."""

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from partnerships.access import second_factor
from partnerships.access.forms import LookForm, PreferencesForm
from partnerships.access.models import Preferences, preferences_of
from partnerships.access.roles import Role, role_of

ACCOUNT = "/account/"
MAY = {
    Role.NOBODY: "Nothing yet: ask an admin of the register for a role.",
    Role.VIEWER: "Read the records that are open to everybody, search, and export lists.",
    Role.STAFF: "Read, record and change what staff may see.",
    Role.MANAGER: "Read everything, restricted records too; record, change and delete.",
    Role.ADMIN: "Everything, and the workshop: accounts, roles and vocabularies.",
}


def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in; a posted form holds their preferences."""
    user = request.user
    chosen = preferences_of(user) or Preferences(user_id=user.pk)
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=chosen)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, "Your preferences are saved.")
        return HttpResponseRedirect(ACCOUNT)
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    context = {
        "form": form,
        "role": role_of(user).title if role_of(user) else "",
        "may": MAY[role_of(user)],
        "is_linked": SocialAccount.objects.filter(user=user).exists(),
        "has_second_factor": second_factor.has_second_factor(user),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
    }
    return render(request, "account/account.html", context, status=422 if form.is_bound else 200)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep the theme or density that the switch of any page sends; without script, back to that page."""
    user = request.user
    form = LookForm(request.POST, instance=preferences_of(user) or Preferences(user_id=user.pk))
    if not form.is_valid():
        return HttpResponse("There is no such theme or density.", status=422, content_type="text/plain")
    form.save()
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    back = request.POST.get("next", "")
    return HttpResponseRedirect(back if get_adapter().is_safe_url(back) else "/")


@require_POST
def leave_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every other session of whoever asks."""
    mine, user_id, ended = request.session.session_key, str(request.user.pk), []
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=mine).iterator():
        if session.get_decoded().get(SESSION_KEY) == user_id:
            ended.append(session.pk)
    Session.objects.filter(pk__in=ended).delete()
    count = len(ended)
    said = f"You are signed out in {count} other place{'s' if count > 1 else ''}."
    messages.success(request, said if count else "You are signed in nowhere else.")
    return HttpResponseRedirect(ACCOUNT)


@require_GET
def to_account(request: HttpRequest) -> HttpResponse:
    """The page of the account, where the library would list second factors."""
    return HttpResponseRedirect(ACCOUNT)


class PasswordChange(PasswordChangeView):
    """Change the password; an account that signs in elsewhere has none."""

    def dispatch(self, request, *args, **kwargs):
        """Send back whoever has no password here."""
        if not request.user.has_usable_password():
            messages.info(request, "Your account has no password here. Change it where you sign in.")
            return HttpResponseRedirect(ACCOUNT)
        return super().dispatch(request, *args, **kwargs)

"""Enforces the rule of every route before its view runs."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from partnerships.access import second_factor
from partnerships.access.models import preferences_of
from partnerships.access.roles import Role, role_of
from partnerships.access.routes import Open, rule_of
from partnerships.values import names

METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class OnlyUtf8(MiddlewareMixin):
    """Stands before everything that reads what was sent: the register speaks UTF-8 and nothing else."""

    def process_request(self, request):
        """Raise BadRequest where what was sent is said to be in another character set."""
        if request.content_params.get("charset", "utf-8").lower() != "utf-8":
            raise BadRequest("What is sent to the register must be in UTF-8.")


class RouteRules(MiddlewareMixin):
    """Sign-in is required by default, and a second factor where the role needs one.

    A role that is too low is told which one is needed. Names are drawn in the reader's order from here on.
    """

    def process_view(self, request, view, args, kwargs):
        """Return None to go on, a redirect to the sign-in or to what it lacks, or raise PermissionDenied."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        refuse_nonsense(request)
        rule = rule_of(view, request.path)
        if rule is Open.ANYBODY:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if second_factor.is_missing(request.user):
            return second_factor.lead_to_set_up(request)
        if (chosen := preferences_of(request.user)) is not None:
            names.reading.set(chosen.names)
        if rule is Open.SIGNED_IN:
            return None
        if rule is None:
            raise PermissionDenied("Nobody has said who may use this page, so nobody may.")
        if role_of(request.user) < rule:
            why = sentence(role_of(request.user), rule)
            if told := getattr(view, "when_refused", None):
                told(request, why, **kwargs)
            raise PermissionDenied(why)
        return None

    def process_response(self, request, response):
        """Keep what was read out of caches, tell a refused method on a page, forget the reader's order of names."""
        names.reading.set(names.Order.PRINTED)
        if response.status_code == HttpResponseNotAllowed.status_code:
            page = render(request, "405.html", status=response.status_code)
            page.headers["Allow"] = response.headers["Allow"]
            response = page
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def refuse_nonsense(request) -> None:
    """Refuse what no page of the workshop checks for itself: NUL anywhere, and marked rows that are no numbers."""
    if not request.path.startswith("/admin/"):
        return
    given = [value for values in (request.GET, request.POST) for _, many in values.lists() for value in many]
    marked = request.POST.getlist("_selected_action")
    if any("\x00" in value for value in given) or any(not (one.isascii() and one.isdecimal()) for one in marked):
        raise BadRequest("The address or the form holds a sign that can't be stored, or a row that isn't there.")


def sentence(has: Role, needs: Role) -> str:
    """Why somebody is refused, and who may do it."""
    if has == Role.NOBODY:
        return "Your account has no role yet. Ask an admin of the register for one."
    higher = [role.title for role in Role if role >= needs]
    who = higher[0] if len(higher) == 1 else f"{', '.join(higher[:-1])} and {higher[-1]}"
    return f"You are signed in as {has.title}. This needs the role {who.replace(' and ', ' or ')}."

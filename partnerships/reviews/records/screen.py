"""The review of one agreement: all that a decision needs on one screen, and the decision itself."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from partnerships.access.roles import Role, role_of
from partnerships.agreements.models import Agreement
from partnerships.agreements.trail import keep_refusal, keeping_refusals
from partnerships.memory.submissions import TokenRefused, answered_once, new_token
from partnerships.papers.words import Brief
from partnerships.records.kinds import kind_of
from partnerships.records.pages import Look, look_of
from partnerships.records.saving import found, held, refuse_twice
from partnerships.reviews.actions import decide
from partnerships.reviews.forms import DecisionForm
from partnerships.reviews.freezing import READERS, Frozen, changes, frozen, hash_of, sealed, snapshot_of, unsealed
from partnerships.reviews.records.facts import missing
from partnerships.reviews.records.reading import AnyReader
from partnerships.reviews.records.telling import paper_of

SOON = timedelta(days=14)
TRIED = "Decide about it in a review"
ONLY_MANAGERS = "Only managers decide about agreements. Nothing was changed."
CHANGED = "What it shows had changed after it was opened."
# The sections of the middle column; the others stand below the decision.
MIDDLE = ("areas", "visits", "programmes", "money", "chain")


def columns(paper: Brief) -> dict:
    """The three columns of the screen."""
    return {
        "paper": paper,
        "left": paper.sides,
        "middle": [one for one in paper.sections if one.name in MIDDLE],
        "right": [one for one in paper.sections if one.name not in MIDDLE],
    }


class ReviewPage(View):
    """`/agreements/<id>/review/`: read by everybody who sees the agreement; managers decide here."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The screen, for managers with an empty decision."""
        agreement, look = found(kind_of("agreement"), request.user, pk), look_of(request)
        paper = paper_of(agreement, look)
        form = self.form(agreement, look) if look.role >= Role.MANAGER else None
        return self.page(request, agreement, paper, form)

    def form(self, agreement: Agreement, look: Look, *given) -> DecisionForm:
        """The decision, with what the register can propose of it."""
        proposed = {
            "owner": agreement.owner_id,
            "reviewer": agreement.reviewer_id,
            "ask_owner": agreement.owner_id,
            "ask_what": missing(agreement, look),
            "ask_on": look.today + SOON,
        }
        return DecisionForm(*given, agreement=agreement, today=look.today, initial=proposed)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide once, on exactly what was shown; otherwise the screen again, with what was typed."""
        if role_of(request.user) < Role.MANAGER:
            return self.not_for_you(request, pk)
        refuse_twice([DecisionForm], request.POST)
        try:
            return answered_once(request, lambda: self.answer(request, held(kind_of("agreement"), request.user, pk)))
        except TokenRefused as refused:
            agreement, look = found(kind_of("agreement"), request.user, pk), look_of(request)
            form = self.form(agreement, look, request.POST)
            form.add_error(None, f"{refused} Nothing was decided by this form.")
            return self.page(request, agreement, paper_of(agreement, look), form, status=refused.status)

    def not_for_you(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say who decides, and keep who tried; raised, it would take that back."""
        keeping_refusals(TRIED)(request, ONLY_MANAGERS, pk)
        return render(request, "403.html", {"reason": ONLY_MANAGERS}, status=403)

    def answer(self, request: HttpRequest, agreement: Agreement) -> HttpResponse:
        """What a first submit leads to: the decision, or the screen again."""
        look = look_of(request)
        paper = paper_of(agreement, look)
        shown, form = frozen(paper), self.form(agreement, look, request.POST)
        valid = form.is_valid()
        if request.POST.get("shown") != hash_of(shown):
            keep_refusal(agreement, TRIED, request.user, CHANGED)
            found_since = changes(unsealed(request.POST.get("opened", "")), shown)
            return self.page(request, agreement, paper, form, found_since, stale=True, status=409)
        if not valid:
            return self.page(request, agreement, paper, form, status=422)
        made = decide(
            agreement=agreement,
            review=form.review(snapshot_of(papers_of(agreement, look, shown)), hash_of(shown)),
            owner=form.cleaned_data["owner"],
            reviewer=form.cleaned_data["reviewer"],
            asked=form.asked(),
            user=request.user,
            today=look.today,
        )
        messages.success(request, f"Decided: {made.get_decision_display()}. What was shown is kept with it.")
        return HttpResponseRedirect(made.get_absolute_url(), status=303)

    def page(self, request, agreement, paper: Brief, form, changed=(), *, stale=False, status=200) -> HttpResponse:
        """Draw the screen; `changed` says what came and went since it was opened."""
        context = columns(paper) | {
            "agreement": agreement,
            "form": form,
            "stale": stale,
            "changed": changed,
            "may_prepare": role_of(request.user) >= Role.STAFF,
        }
        if form:  # what only a decision carries along
            kept = frozen(paper)
            context |= {"token": new_token(), "shown": hash_of(kept), "opened": sealed(kept)}
        return render(request, "reviews/review.html", context, status=status)


def papers_of(agreement: Agreement, look: Look, shown: Frozen) -> dict[Role, Frozen | None]:
    """What each reader sees of the agreement at this moment; None for those from whom it is hidden.

    Whoever decides sees what every manager does, which is `shown`.
    """
    below = {role: Look(AnyReader(role), role, look.today) for role in READERS if role < Role.MANAGER}
    papers = {
        role: frozen(paper_of(agreement, one)) if role >= agreement.visibility else None for role, one in below.items()
    }
    return papers | {Role.MANAGER: shown}

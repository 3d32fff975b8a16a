"""What is handed over and kept: the pack of a review, a decision as it was made, a list of decisions to take."""

from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.access.roles import Role, role_of
from partnerships.access.routes import route
from partnerships.agreements.models import Agreement
from partnerships.agreements.records.agreements import party_names, state_in_words
from partnerships.papers.word import in_word
from partnerships.papers.words import Brief, Line, Section, Words, day, line
from partnerships.records.kinds import kind_of
from partnerships.records.listing import chips, refusal
from partnerships.records.pages import look_of
from partnerships.records.question import Question, Refused, read
from partnerships.records.saving import found
from partnerships.reviews.freezing import hash_of, paper_for
from partnerships.reviews.models import Decision, Review
from partnerships.reviews.queue import in_words
from partnerships.reviews.records.queue import QUEUE, review_address
from partnerships.reviews.records.screen import ReviewPage, columns
from partnerships.reviews.records.telling import paper_of

MOST = 200
TO_WRITE_ON = "_" * 60
# What a decision leads to: its verb, and where, by the id of the agreement.
LEADS_TO = {
    Decision.RENEW: ("Begin the renewal", "/agreements/{}/renew/"),
    Decision.AMEND: ("Begin the amendment", "/agreements/{}/amend/"),
    Decision.LAPSE: ("Record that it has lapsed, once it has", "/agreements/{}/edit/#id_event"),
    Decision.END: ("Record its termination", "/agreements/{}/edit/#id_event"),
    Decision.ASK: ("See what was asked", "/follow-ups/?agreement={}"),
}


@require_safe
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """`/agreements/<id>/review/pack/`: the review as one hands it to a committee."""
    agreement = found(kind_of("agreement"), request.user, pk)
    paper, address = paper_of(agreement, look_of(request)), agreement.get_absolute_url()
    context = {"brief": paper, "back": f"{address}review/", "file": f"{address}review/pack.docx"}
    return render(request, "reviews/pack.html", context)


@require_safe
def pack_file(request: HttpRequest, pk: int) -> HttpResponse:
    """`/agreements/<id>/review/pack.docx`: the same in Word."""
    agreement = found(kind_of("agreement"), request.user, pk)
    return in_word(paper_of(agreement, look_of(request)), f"review-agreement-{pk}.docx", request)


def review_of(request: HttpRequest, pk: int, number: int) -> tuple[Review, Brief]:
    """A decision about an agreement that the reader sees, and what was shown to readers of their role."""
    look = look_of(request)
    later = Review.objects.filter(agreement_id=pk, number__gt=number)
    review = look.seen(Review.objects.filter(agreement_id=pk, number=number)).annotate(is_last=~Exists(later)).first()
    paper = paper_for(review.snapshot, look.role) if review else None
    if review is None or paper is None:
        raise Http404("There is no such review.")
    return review, paper


@require_safe
def kept(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`/agreements/<id>/reviews/<n>/`: a decision with what was shown, drawn from what was kept alone."""
    review, paper = review_of(request, pk, number)
    whole = hash_of(review.snapshot["manager"]) == review.sha256
    context = columns(paper) | {"review": review, "whole": whole, "decision": decision_of(review)}
    if review.is_last and review.decision in LEADS_TO and role_of(request.user) >= Role.STAFF:
        verb, address = LEADS_TO[review.decision]
        context |= {"verb": verb, "address": address.format(pk)}
    return render(request, "reviews/kept.html", context)


@require_safe
def kept_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`/agreements/<id>/reviews/<n>/review.docx`: the decision and what was shown, in Word."""
    review, paper = review_of(request, pk, number)
    sections = [decision_of(review), *paper.sections]
    told = Brief(
        "Decision about an agreement",
        *(paper.title, paper.native, paper.address, paper.home, paper.as_at, paper.lead, paper.sides, sections),
        paper.sources,
    )
    return in_word(told, f"review-{review.number}-agreement-{pk}.docx", request)


def decision_of(review: Review) -> Section:
    """The decision as lines."""
    facts = (
        ("Decision", review.get_decision_display()),
        ("Why", review.reason),
        ("Conditions", review.conditions),
        ("Dissent", review.dissent),
        ("Asked", review.asked),
        ("Next review", day(review.next_on) if review.next_on else "none is set"),
        ("Owner", review.owner),
        ("Reviewer", review.reviewer),
        ("Decided", f"{day(review.decided_on)} by {review.decided_by}"),
    )
    return Section("decision", "Decision", [line(text, mark=mark) for mark, text in facts if text], is_table=True)


def asked_for(request: HttpRequest) -> Question | HttpResponse:
    """The question that the address asks, or the page that refuses it."""
    try:
        return read(QUEUE, request)
    except Refused as refused:
        return render(request, "records/refused.html", refusal(QUEUE, refused, request.GET), status=400)


@require_safe
def committee(request: HttpRequest) -> HttpResponse:
    """`/reviews/decisions/`: the agreements that a question leaves, as decisions to be taken; to print."""
    question = asked_for(request)
    if isinstance(question, HttpResponse):
        return question
    rest = question.address(page=None, per_page=None)
    context = {"brief": agenda(question), "back": f"/reviews/{rest}", "file": f"/reviews/decisions.docx{rest}"}
    return render(request, "reviews/agenda.html", context)


@require_safe
def committee_file(request: HttpRequest) -> HttpResponse:
    """`/reviews/decisions.docx`: the same in Word."""
    question = asked_for(request)
    return question if isinstance(question, HttpResponse) else in_word(agenda(question), "decisions.docx", request)


def agenda(question: Question) -> Brief:
    """The first agreements of a question, each with why it is there, and room for what is decided."""
    today, rows = timezone.localdate(), list(question.rows[: MOST + 1])
    conditions = [Words(f"{one.label}: {one.words}. ") for one in chips(question)]
    cut = [Words(f"These are the first {MOST}.")] if len(rows) > MOST else []
    return Brief(
        kind="Decisions for a committee",
        title="Agreements to decide about",
        native="",
        address="/reviews/",
        home="",
        as_at=day(today),
        lead=[*conditions, *cut],
        sides=[],
        sections=[Section("agenda", "To be decided", [item(at, one) for at, one in enumerate(rows[:MOST], 1)])],
        sources=[],
    )


def item(at: int, one: Agreement) -> Line:
    """One agreement of the agenda."""
    who = str(one.owner) if one.owner else "nobody yet"
    under = [
        line(f"Why it is here: {'; '.join(in_words(one, one.state_on))}."),
        line(f"Legal state: {state_in_words(one, None)}. Owner: {who}."),
        line(f"Decision: {TO_WRITE_ON}"),
    ]
    parties = f": {party_names(one)}." if party_names(one) else "."
    return line(Words(one.title, review_address(one), "strong"), parties, mark=f"{at}.", under=under)


def kept_routes() -> list[URLPattern]:
    """The review of an agreement, its pack, the decisions that were made, and those for a committee."""
    one = "agreements/<bigid:pk>/"
    return [
        route(f"{one}review/", ReviewPage.as_view(), Role.VIEWER, "review"),
        route(f"{one}review/pack/", pack, Role.VIEWER, "review-pack"),
        route(f"{one}review/pack.docx", pack_file, Role.VIEWER, "review-pack-file"),
        route(f"{one}reviews/<bigid:number>/", kept, Role.VIEWER, "review-kept"),
        route(f"{one}reviews/<bigid:number>/review.docx", kept_file, Role.VIEWER, "review-kept-file"),
        route("reviews/decisions/", committee, Role.VIEWER, "review-decisions"),
        route("reviews/decisions.docx", committee_file, Role.VIEWER, "review-decisions-file"),
    ]

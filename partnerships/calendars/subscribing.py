"""Somebody's own feeds: which there are, a new one from a filtered list, a new address, and the end of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnerships.calendars.asking import OF_THE_LIST, visits_of
from partnerships.calendars.forms import FeedForm
from partnerships.calendars.models import Feed
from partnerships.memory.submissions import TokenRefused, digest_of, new_token, once
from partnerships.records.kinds import kind_of
from partnerships.records.listing import chips, refusal
from partnerships.records.question import Refused

FEEDS = "/account/feeds/"
MOST = 50
OWN = "My visits and what is due"
LONGEST = Feed._meta.get_field("conditions").max_length


@require_safe
def subscriptions(request: HttpRequest) -> HttpResponse:
    """`/account/feeds/`: the reader's feeds, in words."""
    return page(request)


def page(request: HttpRequest, status: int = 200) -> HttpResponse:
    """Draw the reader's feeds."""
    feeds = list(Feed.objects.filter(user=request.user)[:MOST])
    for one in feeds:
        one.chips = chips_of(request, one)
    context = {"feeds": feeds, "own": OWN, "token": new_token()}
    return render(request, "calendars/feeds.html", context, status=status)


def chips_of(request: HttpRequest, feed: Feed) -> list | None:
    """A feed's conditions in words; None where one of them no longer holds."""
    try:
        return chips(visits_of(request, QueryDict(feed.conditions)))
    except Refused:
        return None


def subscribe(request: HttpRequest) -> HttpResponse:
    """`/account/feeds/new/?…`: a feed of the visits that meet the conditions of the address."""
    problems = [(name, f"A feed has no “{name}”. Leave it out.") for name in OF_THE_LIST if name in request.GET]
    if len(request.GET.urlencode()) > LONGEST:
        problems.append(("conditions", "These are more conditions than a feed can keep. Take some of them out."))
    try:
        question = visits_of(request, request.GET)
        if problems:
            raise Refused(problems, question.filters)
    except Refused as refused:
        return render(request, "records/refused.html", refusal(kind_of("visit"), refused, request.GET), status=400)
    given = chips(question)
    usual = ", ".join(f"{chip.label}: {chip.words}" for chip in given)
    form = FeedForm(request.POST or None, initial={"name": f"Visits ({usual})"[:120] if given else "All visits"})
    feed = Feed(user=request.user, conditions=request.GET.urlencode())
    return saved(request, form, feed, {"chips": given, "list": f"/visits/?{request.GET.urlencode()}"})


@require_POST
def subscribe_to_own(request: HttpRequest) -> HttpResponse:
    """`/account/feeds/own/`: a feed of the reader's own visits and of what they are to do."""
    form = FeedForm({"name": OWN})
    return saved(request, form, Feed(user=request.user, is_own=True), {"chips": []})


def saved(request: HttpRequest, form: FeedForm, feed: Feed, context: dict) -> HttpResponse:
    """The form, or the new feed with its address, once."""
    if request.method == "POST" and form.is_valid():
        if Feed.objects.filter(user=request.user).count() >= MOST:
            form.add_error(None, f"You have {MOST} feeds. Delete one that nobody reads first.")
        else:
            feed.name = form.cleaned_data["name"]
            return with_new_address(request, feed, f"“{feed}” is ready.")
    context |= {"form": form, "token": new_token()}
    return render(request, "calendars/feed_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new address; the old one is dead at once."""
    feed = get_object_or_404(Feed.objects.select_for_update(), pk=pk, user=request.user)
    feed.renewed_at = timezone.now()
    return with_new_address(request, feed, f"“{feed}” has a new address. The old one shows nothing any more.")


def with_new_address(request: HttpRequest, feed: Feed, said: str) -> HttpResponse:
    """Save the feed with a new secret and show its address, which no later page can show again."""
    try:
        with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
            if submitted.repeated:
                messages.info(request, "This was done already. An address is shown once; renew the feed for another.")
                return HttpResponseRedirect(FEEDS, status=303)
            secret = feed.give_secret()
            feed.save()
            submitted.url = FEEDS
    except TokenRefused as refused:
        return refusal_of(request, refused)
    address = request.build_absolute_uri(reverse("feed", args=[secret]))
    return render(request, "calendars/address.html", {"feed": feed, "address": address, "said": said})


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """End a feed: its address shows nothing any more."""
    try:
        with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
            if not submitted.repeated:
                feed = get_object_or_404(Feed, pk=pk, user=request.user)
                feed.delete()
                messages.success(request, f"“{feed}” is deleted. Its address shows nothing any more.")
                submitted.url = FEEDS
    except TokenRefused as refused:
        return refusal_of(request, refused)
    return HttpResponseRedirect(FEEDS, status=303)


def refusal_of(request: HttpRequest, refused: TokenRefused) -> HttpResponse:
    """The feeds as they are, and why nothing was done."""
    messages.error(request, f"{refused} Nothing was done.")
    return page(request, refused.status)

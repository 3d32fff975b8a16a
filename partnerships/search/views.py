"""The search page: one box over all kinds."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.access.roles import role_of
from partnerships.search.finding import find, grouped
from partnerships.values.text import clean_text

LONGEST = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=`: a page, or with `Accept: application/json` a list of {kind, title, url, snippet}, best first."""
    wrong = [name for name in request.GET if name != "q"]
    if len(request.GET.getlist("q")) > 1:
        wrong.append("q")
    typed, problem = "", f"“{wrong[0][:60]}” is nothing that the search knows. It takes only “q”." if wrong else ""
    try:
        typed = clean_text(request.GET.get("q", ""))
    except ValueError as refused:
        problem = str(refused)
    if len(typed) > LONGEST:
        problem = f"Search for at most {LONGEST} characters; this has {len(typed)}."
        typed = typed[:LONGEST]
    found = None if problem else find(typed, role_of(request.user))
    if request.accepts("application/json") and not request.accepts("text/html"):
        if problem:
            return JsonResponse({"error": problem}, status=400)
        hits = [*found.exact, *found.near]
        answer = [{"kind": one.kind, "title": one.title, "url": one.url, "snippet": one.snippet} for one in hits]
        return JsonResponse(answer, safe=False)
    context = {
        "typed": typed,
        "problem": problem,
        "found": found,
        "groups": grouped(found.exact) if found else [],
        "near": found.near if found else [],
    }
    return render(request, "search/search.html", context, status=400 if problem else 200)

"""Answers a form, while one types, how a date or a sum is understood."""

from django.http import HttpRequest, JsonResponse
from django.views import View

from partnerships.values.readback import READERS

LONGEST = 200


class ReadBackPage(View):
    """`/read/<reader>/?typed=`: {"read", "notation"}, or {"error"} for words that can't be read."""

    reader = ""

    def get(self, request: HttpRequest) -> JsonResponse:
        """The answer as JSON; 400 for a question that is put wrongly."""
        if list(request.GET) != ["typed"] or len(request.GET.getlist("typed")) > 1:
            return JsonResponse({"error": "Ask with “typed” alone, and once."}, status=400)
        typed = request.GET["typed"]
        if len(typed) > LONGEST:
            return JsonResponse({"error": f"Ask with at most {LONGEST} characters."}, status=400)
        return JsonResponse(READERS[self.reader](typed))

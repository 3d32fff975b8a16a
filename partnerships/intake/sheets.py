"""All forms of the page on which a text is decided, and what is kept of them with the draft."""

from django.http import QueryDict
from django.utils import timezone

from partnerships.intake.deciding import FORMS
from partnerships.intake.forms import FrameForm, WordsForm, follow_ups
from partnerships.intake.line import Around, LineForm
from partnerships.intake.lines import GROUPS
from partnerships.intake.models import Reading
from partnerships.intake.unkept import Unkept

LONGEST_SAID = 400
ROW = "followups"
MOST_KEPT_ROWS = 20


class Lines:
    """The forms of all lines, as pages and their summaries of errors draw them."""

    def __init__(self, around: Around, *given) -> None:
        self.forms = [FORMS[one["kind"]](*given, at=at, around=around) for at, one in enumerate(around.lines)]

    def non_form_errors(self) -> list:
        """None: each error stands at its line."""
        return []

    def is_valid(self) -> bool:
        """Whether everything that is kept can be recorded."""
        return not [one for one in self.forms if not one.is_valid()]

    def kept(self) -> list[LineForm]:
        """The lines that are kept."""
        return [one for one in self.forms if one.kept]

    def open(self) -> int:
        """How many are not decided yet."""
        return sum(not one.said("decision") for one in self.forms)

    def grouped(self) -> list[tuple[str, list[LineForm]]]:
        """The lines under their headings."""
        found = [(title, [one for one in self.forms if one.line["kind"] in kinds]) for title, kinds in GROUPS]
        return [(title, rows) for title, rows in found if rows]


class Sheet:
    """A reading with all forms of its page: filled from the draft, or with what was sent."""

    def __init__(self, reading: Reading, user, *sent) -> None:
        self.reading, self.around = reading, Around.of(reading, user)
        kept = reading.chosen
        dates = [kept.get("happens_on_date", ""), kept.get("happens_on_wording", "")]
        initial = {**kept, "happens_on": dates} if any(dates) else kept
        self.lines = Lines(self.around, *sent)
        self.frame = FrameForm(*sent, around=self.around, today=timezone.localdate(), initial=initial)
        self.follow_ups = follow_ups(user, *sent, kept=None if sent else rows_of(kept))
        self.words = WordsForm()

    def is_valid(self) -> bool:
        """Whether all of it can be recorded."""
        return all([self.frame.is_valid(), self.lines.is_valid(), self.follow_ups.is_valid()])

    def refuse(self, refused: Unkept) -> None:
        """Say at the line, or above, why it can't be recorded."""
        if refused.at is None:
            self.frame.add_error(None, refused.sentence)
        else:
            line = self.lines.forms[refused.at]
            line.add_error(refused.field if refused.field in line.fields else "decision", refused.sentence)


def rows_of(chosen: dict) -> list[dict]:
    """The follow-ups that were kept with a draft."""
    found = [
        {name: chosen.get(f"{ROW}-{at}-{name}", "") for name in ("what", "owner", "due_on")}
        for at in range(MOST_KEPT_ROWS)
        if not chosen.get(f"{ROW}-{at}-DELETE")
    ]
    return [row for row in found if any(row.values())]


def said_of(lines: list[dict], sent: QueryDict) -> list[dict]:
    """The lines with what was sent of each, as it was typed; what was not sent stays as it was."""
    return [
        one | {"said": one["said"] | heard(sent, f"l{at}-", FORMS[one["kind"]].base_fields)}
        for at, one in enumerate(lines)
    ]


def heard(sent: QueryDict, prefix: str, names) -> dict[str, str]:
    """Of each name what was sent, fit to be kept."""
    return {
        name: sent[f"{prefix}{name}"].replace("\x00", "")[:LONGEST_SAID] for name in names if f"{prefix}{name}" in sent
    }

"""One line of a reading as it is asked about: whether it is kept, what it says, and how firmly the text says it."""

import re
from dataclasses import dataclass, field

from django import forms
from django.core.validators import MaxLengthValidator

from partnerships.access.models import Entry
from partnerships.access.scoping import scope
from partnerships.agreements.models import Agreement
from partnerships.intake.lines import LABELS, LONGEST_VALUE
from partnerships.intake.recognition.proposals import Text
from partnerships.records.forms import Notice
from partnerships.sources.models import Basis
from partnerships.values.forms import TextField
from partnerships.values.text import normalise

KEEP, DROP = "keep", "drop"
MOST_POSSIBLE = 8
BASES = [(Basis.STATED, "The words say it"), (Basis.IMPLIED, "They imply it"), (Basis.CONTEXT, "By context")]
NOT_ITS_WORDS = "These words are not in the paragraph. Say whether it implies them, or whether the context does."


@dataclass(frozen=True)
class Around:
    """What stands round a line: the reading's lines and paragraphs, who decides, and agreements that may be meant."""

    lines: list[dict]
    paragraphs: tuple[str, ...]
    user: object
    agreements: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, reading, user) -> "Around":
        """Of a reading, as far as the user sees; two queries."""
        known = [one["record"] for one in reading.lines if one["kind"] == "organisation" and one["record"]]
        possible = scope(
            user, Agreement.objects.filter(parties__organisation__in=known, parties__organisation__is_home=False)
        )
        entries = Entry.objects.filter(kind="agreement", record_id__in=possible.order_by().values("pk")).order_by(
            "title"
        )
        words = [
            (str(one.record_id), " · ".join(filter(None, [one.title, one.second]))) for one in entries[:MOST_POSSIBLE]
        ]
        return cls(reading.lines, Text.of(reading.text).paragraphs, user, words)

    def named(self, kind: str) -> list[tuple[str, str]]:
        """The lines of a kind as choices, as they are called now."""
        return [
            (str(at), one["said"].get("value") or one["value"])
            for at, one in enumerate(self.lines)
            if one["kind"] == kind
        ]


def chosen(label: str, **more) -> forms.ChoiceField:
    """A choice that may stay open; what may be chosen is given line by line."""
    return forms.ChoiceField(label=label, required=False, **more)


class LineForm(forms.Form):
    """A line; only what is kept must be right."""

    longest = LONGEST_VALUE
    notices: tuple[Notice, ...] = ()

    value = TextField(label="Value", required=False)
    basis = forms.ChoiceField(label="How the text says it", choices=BASES, required=False)
    decision = forms.ChoiceField(
        label="Decision", choices=[(KEEP, "Keep"), (DROP, "Leave out")], required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args, at: int, around: Around, **kwargs):
        self.at, self.around, self.line = at, around, around.lines[at]
        usual = {"value": self.line["value"], "basis": Basis.STATED}
        super().__init__(*args, prefix=f"l{at}", initial=usual | self.line["more"] | self.line["said"], **kwargs)
        if "value" in self.fields:
            value = self.fields["value"]
            value.label, value.max_length = self.label, self.longest
            value.validators.append(MaxLengthValidator(self.longest))
            value.widget.attrs |= {"maxlength": self.longest, "data-proposed": self.line["value"]}
        self.offer()

    def offer(self) -> None:
        """Fill in what may be chosen here."""

    def let_choose(self, name: str, *choices: tuple[str, str]) -> None:
        """Give a field its choices."""
        self.fields[name].choices = list(choices)

    @property
    def number(self) -> int:
        """Its number as it is shown."""
        return self.at + 1

    @property
    def label(self) -> str:
        """What a line of this kind is called."""
        return LABELS[self.line["kind"]]

    @property
    def kept(self) -> bool:
        """Whether it is to be kept."""
        return self.said("decision") == KEEP

    def asked(self) -> list[forms.BoundField]:
        """The fields in their order, but for the decision."""
        return [one for one in self.visible_fields() if one.name not in ("decision", "basis")] + [self["basis"]]

    def said(self, name: str) -> str:
        """What stands in a field now."""
        given = self.data.get(self.add_prefix(name), "") if self.is_bound else self.initial.get(name)
        return str(given or "")

    def noticed(self) -> list[tuple[Notice, bool]]:
        """The sentences of care, each with whether it holds."""
        return [(one, bool(re.search(one.words, self.said("value"), re.IGNORECASE))) for one in self.notices]

    def full_clean(self) -> None:
        """What is left out, or not decided yet, may say what it likes."""
        super().full_clean()
        if self.is_bound and not self.kept:
            self._errors = forms.utils.ErrorDict()

    def clean(self) -> dict:
        """Words that are not in the text aren't stated by it."""
        cleaned = super().clean()
        cleaned["basis"] = cleaned.get("basis") or Basis.STATED
        if cleaned.get("value") == "":
            self.add_error("value", "Say what it is, or leave the line out.")
        if cleaned["basis"] == Basis.STATED and "value" in cleaned and not self.says(cleaned["value"]):
            self.add_error("basis", NOT_ITS_WORDS)
        return cleaned

    def says(self, value: str) -> bool:
        """Whether the text says a value: it was proposed so, or its words are in the paragraph."""
        paragraph = self.around.paragraphs[self.line["paragraph"] - 1]
        key = normalise(value)
        return value in (self.line["value"], self.line["quotation"]) or bool(
            value in paragraph or key and key in normalise(paragraph)
        )

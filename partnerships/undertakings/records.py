"""Undertakings: who opens the list, to see what was asked, promised and agreed, and what came of it."""

from partnerships.access.roles import Role
from partnerships.records.columns import choice, day, heading, record, term, text, words
from partnerships.records.kinds import Kind, declare
from partnerships.undertakings.filters import UndertakingFilter
from partnerships.undertakings.forms import UndertakingForm
from partnerships.undertakings.models import OWNERS, Standing, Undertaking
from partnerships.values.draw import draw_text

BELONGING = (*OWNERS, "partnership__home", "partnership__partner")
BELONGS_TO = record("belonging", "Belongs to", sort=(), field="")
ACTIVITIES = words("activities", "Activities", lambda one: list(one.activities.all()))
SUBJECTS = words("subjects", "Subjects", lambda one: list(one.subjects.all()))


def owner_noun(undertaking: Undertaking) -> str:
    """The noun of the record that it belongs to."""
    return str(undertaking.belonging._meta.verbose_name)


UNDERTAKINGS = declare(
    Kind(
        model=Undertaking,
        may_delete=Role.STAFF,  # who may take the line off its parent's form may delete it on its page
        columns=(
            heading("wording", "Undertaking", second=lambda one: one.detail),
            choice("standing", "Standing", Standing),
            BELONGS_TO,
            ACTIVITIES,
            SUBJECTS,
            term("owner", "Seen to by", sort=("owner__username",)),
            day("due_on", "Due"),
            text("evidence", "Evidence"),
        ),
        filters=UndertakingFilter,
        form=UndertakingForm,
        facts=(
            BELONGS_TO,
            choice("standing", "Standing", Standing),
            text("detail", "In more words", may_be_empty=True),
            ACTIVITIES,
            SUBJECTS,
            record("by", "Asked or promised by", may_be_empty=True),
            text("channel", "Through", may_be_empty=True),
            term("owner", "Seen to by"),
            day("due_on", "Due"),
            text("evidence", "Evidence that it happened"),
        ),
        joins=(*BELONGING, "by", "owner"),
        prefetch=("activities", "subjects"),
        sort="wording",
        names=lambda one: [one.wording],
        second=lambda one: f"{one.get_standing_display()} · {owner_noun(one)}: {one.belonging}",
        words=lambda one: [
            one.detail,
            one.channel,
            one.evidence,
            one.notes,
            *(term.label for term in [*one.activities.all(), *one.subjects.all()]),
        ],
        catalogue_joins=BELONGING,
        catalogue_prefetch=("activities", "subjects"),
        depends={
            **{name: name for name in OWNERS if name != "organisation"},
            "organisation": ("organisation", "partnership__home", "partnership__partner"),
            "activity": "activities",
            "subject": "subjects",
        },
        lead=lambda one, look: draw_text(
            f"{one.get_standing_display().capitalize()}, for the {owner_noun(one)} {one.belonging}."
        ),
        intro="What was established, agreed, planned, asked for or merely explored, line by line.",
        is_main=False,
    )
)

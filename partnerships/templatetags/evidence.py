"""How a page shows what sources say: basis marks, the field a statement speaks of, Chinese set as Chinese."""

from django import template

from partnerships.records.kinds import kind_of
from partnerships.values.draw import draw_basis, draw_text

register = template.Library()


@register.simple_tag
def basis(name: str):
    """The mark and word of a basis."""
    return draw_basis(name)


@register.filter
def scripts(text: str):
    """Text with its Chinese marked as Chinese."""
    return draw_text(str(text))


@register.filter
def about(statement, kind) -> str:
    """What a statement speaks of, in the words of the record's facts."""
    return kind.label_of(statement.field) or statement.get_kind_display().capitalize()


@register.filter
def kind_words(name: str) -> str:
    """The plural noun of a kind of record."""
    kind = kind_of(name)
    return kind.plural.lower() if kind else name


@register.filter
def subject_address(statement) -> str:
    """The page of the record that a statement speaks of."""
    kind = kind_of(statement.record_kind)
    return f"/{kind.path}/{statement.record_id}/" if kind else statement.get_absolute_url()


@register.filter
def place_in_text(statement) -> str:
    """Where a statement's words are read: in the attached text, otherwise on the statement's own page."""
    if statement.source.text_sha256 and statement.paragraph:
        return f"{statement.source.get_absolute_url()}#s{statement.pk}"
    return statement.get_absolute_url()


@register.filter
def without_rows(tables) -> list[str]:
    """What the tables say that have no rows."""
    return [table.panel.empty for table in tables if not table.count and table.panel.empty]

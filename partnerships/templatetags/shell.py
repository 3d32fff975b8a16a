"""What the shell's templates need: an icon, the tone of a message, the problems of a form."""

from django import template
from django.contrib.messages import constants
from django.utils.html import format_html

from partnerships.values.draw import draw_status

register = template.Library()

TONES = {constants.SUCCESS: "ok", constants.WARNING: "due", constants.ERROR: "stop"}
TONE_ICONS = {"ok": "ok", "due": "warn", "stop": "stop"}


@register.simple_tag
def icon(name):
    """Draw one icon of the sprite; words always stand beside it."""
    return format_html('<svg class="i" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def draw_state(tone, label):
    """A state in words, with the mark of its tone: ok, due, stop, unk or mut."""
    return draw_status(label, tone)


@register.simple_tag(takes_context=True)
def drawn(context, name):
    """A part of the page as it stands in more than one place, drawn once: `{% drawn "…" as part %}`."""
    return context.template.engine.get_template(name).render(context)


@register.filter
def tone(message):
    """Class of a message's note: ok, due, stop, or none for plain information."""
    return TONES.get(message.level, "")


@register.filter
def tone_icon(message):
    """Icon that repeats a message's tone by shape."""
    return TONE_ICONS.get(tone(message), "info")


@register.filter
def gap(field):
    """The field that says why this one is empty, which stands beside it; None where there is none."""
    return field.form[f"gap_{field.name}"] if field.name in getattr(field.form, "gap_names", ()) else None


@register.simple_tag
def problems(form=None, formsets=()):
    """Every error of a form and its formsets, as (id of the field or "", label or "", sentence)."""
    found = _problems(form) if form else []
    for formset in formsets or ():
        found += [("", "", error) for error in formset.non_form_errors()]
        for number, row in enumerate(formset.forms, 1):
            found += _problems(row, f"{number}. ")
    return found


def _problems(form, number=""):
    """Errors of one form; those of a row say which row."""
    found = [("", "", f"{number}{error}") for error in form.non_field_errors()]
    return found + [(_target(field), f"{number}{field.label}", error) for field in form for error in field.errors]


def _target(field):
    """Id that a link can lead to: the input, or the wrapper where the widget has several inputs."""
    return field.id_for_label or f"div_{field.auto_id}"

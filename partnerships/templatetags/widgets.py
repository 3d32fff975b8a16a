"""What Django's templates of widgets interpret for each option and each attribute, drawn at once: the same signs."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def attributes(attrs: dict) -> SafeString:
    """The attributes of a tag: none that is False, and of one that is True its name alone."""
    drawn = ((conditional_escape(name), value) for name, value in attrs.items() if value is not False)
    return SafeString(
        "".join(f" {name}" if value is True else f' {name}="{conditional_escape(value)}"' for name, value in drawn)
    )


@register.filter
def options(groups: list[tuple]) -> SafeString:
    """The options of a select, those of a named group together."""
    pieces = []
    for name, offered, _ in groups:
        drawn = "".join(map(option, offered))
        pieces.append(f'\n  <optgroup label="{conditional_escape(name)}">{drawn}\n  </optgroup>' if name else drawn)
    return SafeString("".join(pieces))


def option(one: dict) -> str:
    """One option on a line of its own."""
    value, label = conditional_escape(str(one["value"])), conditional_escape(one["label"])
    return f'\n  <option value="{value}"{attributes(one["attrs"])}>{label}</option>'

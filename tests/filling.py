"""What a browser would send back of a form."""

import re
from html import unescape

from django.test import Client

TICKED = ("radio", "checkbox")


def form_of(client: Client, address: str) -> dict[str, str]:
    """What the form at an address would send back untouched."""
    return fields_of(client.get(address).content.decode())


def fields_of(page: str) -> dict[str, str]:
    """What the form of a page would send back: inputs, ticked boxes, text areas and the last that each select has."""
    page = re.sub(r"<template.*?</template>", "", page, flags=re.S)
    sent = {}
    for tag in re.findall(r"<input [^>]*>", page):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in told and (told.get("type") not in TICKED or " checked" in tag):
            sent[told["name"]] = unescape(told.get("value", "on" if told.get("type") in TICKED else ""))
    for name, text in re.findall(r'<textarea name="([\w-]+)"[^>]*>([^<]*)', page):
        sent[name] = unescape(text.removeprefix("\n"))
    for name, tag, options in re.findall(r'<select name="([\w-]+)"([^>]*)>(.*?)</select>', page, re.S):
        found = re.search(r'<option value="([^"]*)"[^>]*selected', options)
        if found or " multiple" not in tag:
            sent[name] = found.group(1) if found else ""
    return sent

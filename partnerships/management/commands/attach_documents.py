"""Attaches the full texts of documents from a folder, so that a reader can open the page at the quoted words."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partnerships.sources.actions import attach_documents


class Command(BaseCommand):
    """Attach what is there and right; name the rest, and then exit 1."""

    help = "Attach the documents in a folder to their sources, and check every quotation in them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the documents are."""
        parser.add_argument("folder", type=Path, help="the folder that holds the files, named as in the sources")

    def handle(self, *args: str, folder: Path, verbosity: int, **options: object) -> None:
        """Attach, and say what came of it."""
        if not folder.is_dir():
            raise CommandError(f"There is no folder “{folder}”.")
        done = attach_documents(folder=folder)
        if verbosity:
            self.stdout.write(f"Attached {len(done.attached)} documents: every quotation of them was found.")
        for name in done.missing:
            self.stderr.write(f"Not attached: {name} is not in the folder.")
        for name in done.unreadable:
            self.stderr.write(f"Not attached: {name} is not a text in UTF-8.")
        for document in dict.fromkeys(wrong.document for wrong in done.misquotations):
            self.stderr.write(f"Not attached: {document} lacks words that are quoted from it:")
            for wrong in done.misquotations:
                if wrong.document == document:
                    self.stderr.write(f"  {wrong}")
        if not done.complete:
            sys.exit(1)

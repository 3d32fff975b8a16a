"""The register with the five documents' facts, and a viewer who asks it."""

from io import StringIO

from django.core.management import call_command
from django.test import Client, TestCase

from tests.questions.reader import Reader
from tests.samples import somebody


class Asked(TestCase):
    """Fixtures loaded once for a class; each question is asked by a viewer."""

    @classmethod
    def setUpTestData(cls) -> None:
        """Load them, as the office does."""
        call_command("load_fixtures", stdout=StringIO())
        somebody("viewer")

    def setUp(self) -> None:
        """Sign in."""
        client = Client()
        client.force_login(somebody("viewer"))
        self.ask = Reader(client)

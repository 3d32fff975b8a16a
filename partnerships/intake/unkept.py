"""Why a kept line can't be recorded."""


class Unkept(Exception):
    """A line that can't be recorded: its number from 0 (None: the visit as a whole), why, and the field in the way."""

    def __init__(self, at: int | None, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.at, self.sentence, self.field = at, sentence, field

"""How a line of the log is written."""

import logging
import re
from copy import copy

# Whoever knows the secret of a feed's address reads the feed.
SECRET = re.compile(r"(?<=/feeds/)[^\s?\"']+")

ESCAPES = {code: f"\\x{code:02x}" for code in [*range(32), 127]} | {0x0A: "\\n", 0x0D: "\\r", 0x85: "\\x85"}
ESCAPES |= {0x2028: "\\u2028", 0x2029: "\\u2029"}


class OneLine(logging.Formatter):
    """One event, one line: what a visitor sends can't begin a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """The event with the id of its request, line breaks and control characters written out.

        A traceback is for faults of ours: what is merely refused needs none.
        """
        line = copy(record)
        if line.levelno < logging.ERROR:
            line.exc_info = line.exc_text = None
        number = getattr(getattr(line, "request", None), "request_id", "")
        text = " ".join(filter(None, [super().format(line), number and f"[{number}]"])).translate(ESCAPES)
        return SECRET.sub("…", text)

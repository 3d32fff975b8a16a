"""A toy mail server on a real socket: takes letters, refuses some readers, or hangs up."""

import socketserver
import threading
from contextlib import contextmanager

from django.test import override_settings

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Talk(socketserver.StreamRequestHandler):
    """One conversation, in as many words as smtplib says."""

    def handle(self):
        """Answer each line, and keep what comes between DATA and the dot."""
        if self.server.hangs_up:
            return
        self.say("220 toy")
        while words := self.rfile.readline().decode().strip():
            if words.upper() == "DATA":
                self.say("354 go on")
                self.server.letters.append(self.data())
                self.say("250 taken")
            elif words.upper().startswith("RCPT"):
                self.say(next((code for name, code in self.server.refused.items() if name in words), "250 fine"))
            elif words.upper() == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 fine")

    def say(self, words: str) -> None:
        """One line back."""
        self.wfile.write(f"{words}\r\n".encode())

    def data(self) -> bytes:
        """The letter's own lines."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)


class MailServer(socketserver.ThreadingTCPServer):
    """`refused` maps part of an address to the answer that it gets; `letters` is what came."""

    allow_reuse_address = daemon_threads = True
    hangs_up = False

    def __init__(self, port: int = 0):
        super().__init__(("127.0.0.1", port), Talk)
        self.letters: list[bytes] = []
        self.refused: dict[str, str] = {}


@contextmanager
def mail_server(port: int = 0):
    """A server that listens while the block runs, named by the settings."""
    with MailServer(port) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        with sent_to(server.server_address[1]):
            yield server
        server.shutdown()


def sent_to(port: int):
    """Settings by which mail goes to a port of this machine."""
    return override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_TIMEOUT=2)


def dead_port() -> int:
    """A port at which nobody listens."""
    with MailServer() as server:
        return server.server_address[1]

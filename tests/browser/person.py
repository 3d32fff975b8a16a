"""A person at a browser, and everything that must never happen there."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, WebError

OWN = ("data", "blob", "about")
FAILED = "Failed to load resource: the server responded with a status of "
NO_LINE = "Failed to load resource: net::ERR_"


class Person:
    """Opens windows as an account, and notes what went wrong in any of them in `faults`."""

    def __init__(self, browser: Browser, address: str, passes: dict[str, dict], patience: float) -> None:
        self.browser = browser
        self.address = address
        self.passes = passes
        self.patience = patience
        self.faults: list[str] = []
        self.expected: set[int] = set()
        self.quiet = [FAILED]
        self.contexts: list[BrowserContext] = []

    def opens(self, path: str = "/", account: str = "", **options) -> Page:
        """A window of its own at a path, signed in where an account is named."""
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = self.browser.new_context(
            base_url=self.address,
            storage_state=self.passes[account] if account else None,
            locale="en-GB",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(self.patience)
        context.on("request", self.see_request)
        context.on("response", self.see_response)
        context.on("console", self.see_message)
        context.on("weberror", self.see_error)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    def expects(self, *statuses: int) -> None:
        """Say that pages will be refused so; any other refusal is a fault."""
        self.expected |= set(statuses)

    def loses_the_line(self) -> None:
        """Say that the line will be lost; the console then tells of what could not be loaded."""
        self.quiet.append(NO_LINE)

    def leave(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()

    def see_request(self, request: Request) -> None:
        """No page asks another host for anything."""
        where = urlsplit(request.url)
        if where.scheme not in OWN and f"{where.scheme}://{where.netloc}" != self.address:
            self.faults.append(f"asked another host: {request.url}")

    def see_response(self, response: Response) -> None:
        """Every page says what it may load, and nothing is refused that the test does not expect."""
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.url}")
        kind = response.headers.get("content-type", "")
        if kind.startswith("text/html") and "default-src 'none'" not in response.headers.get(
            "content-security-policy", ""
        ):
            self.faults.append(f"no policy: {response.url}")

    def see_message(self, message: ConsoleMessage) -> None:
        """The console stays empty; a violated policy is told there too. Statuses are judged by `see_response`."""
        if message.type in ("error", "warning") and not message.text.startswith(tuple(self.quiet)):
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def see_error(self, error: WebError) -> None:
        """No script fails."""
        self.faults.append(f"script: {error.error}")

"""A light page as a person without scripts meets it: its words, its links, and the form that is sent."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.applications import Starlette

from layers import server
from tests.support.asking import asked

_VOID = {"input", "link", "meta", "br", "img"}


class LightPage(HTMLParser):
    """
    A page that was sent.

    `links` are pairs of words and address in order, `chosen` the words of links that are marked as chosen, `fields`
    what the form of the page sends, `ids` the parts of the page that can be led to.
    """

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.chosen: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.fields: dict[str, str] = {}
        self.ids: list[str] = []
        self.frames: list[dict[str, str]] = []
        self.cards: list[str] = []
        self._words: list[str] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self.source = body.decode()
        self.feed(self.source)
        self.words = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag, attrs):
        named = {name: value or "" for name, value in attrs}
        if "id" in named:
            self.ids.append(named["id"])
        if tag == "input":
            self.fields[named["name"]] = named.get("value", "")
        if tag == "iframe":
            self.frames.append(named)
        if tag not in _VOID:
            self._open.append((tag, named, len(self._words)))

    def handle_endtag(self, tag):
        opened, named, since = self._open.pop()
        assert opened == tag, f"expected the end of {opened}, found that of {tag}"
        words = " ".join(" ".join(self._words[since:]).split())
        if tag == "a":
            self.links.append((words, named["href"]))
            if "aria-current" in named:
                self.chosen.append(words)
        if tag in {"h1", "h2", "h3"}:
            self.headings.append((tag, words))
        if tag == "li" and self._open and self._open[-1][1].get("class") == "cards":
            self.cards.append(words)

    def handle_data(self, data):
        if not any(tag in {"style", "script"} for tag, _, _ in self._open):
            self._words.append(data)

    def link(self, words: str) -> str:
        """Return the address of the first link that has these words."""
        return next(address for told, address in self.links if words in told)

    @property
    def calls(self) -> list[str]:
        """The telephones that can be dialled from its main part, in order, 112 of the foot left out."""
        return [address for _, address in self.links if address.startswith("tel:")][:-1]


class Visitor:
    """Somebody who opens addresses, follows links and sends the form; redirects are followed as a browser does."""

    def __init__(self) -> None:
        self.app = Starlette(routes=server.routes(), middleware=server.middleware())
        self.address = ""
        self.redirects = 0

    def get(self, path: str, query: str = "", **headers: str):
        """Return the answer to one request."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return asked(self.app, path, query, headers={"host": "mapa.example"} | named)

    def open(self, address: str) -> LightPage:
        """Open an address; the page must be one."""
        self.redirects = 0
        while True:
            self.address = address.partition("#")[0]
            parts = urlsplit(self.address)
            answer = self.get(parts.path, parts.query)
            if answer.status != 303:
                break
            self.redirects += 1
            address = answer.headers["location"]
        assert answer.status == 200, (address, answer.status)
        return LightPage(answer.body)

    def find(self, **query: object) -> LightPage:
        """Open the finder at an address."""
        return self.open(f"/pomoc?{urlencode(query)}")

    def type(self, page: LightPage, words: str) -> LightPage:
        """Type into the box of a page and send it."""
        return self.find(**{**page.fields, "q": words})

    def follow(self, page: LightPage, words: str) -> LightPage:
        """Press the first link that has these words."""
        return self.open(page.link(words))

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the address where the visitor is."""
        return dict(parse_qsl(urlsplit(self.address).query))

"""
The planner's page of a voivodeship: from the click on another indicator to the new picture.

The real application serves real data to Chromium, all on two cores. The planner opens clubs in Małopolskie and goes
through all indicators again and again with the page's own selectbox; then through forms, distances and norms. The clock
runs from pressing the option until two things are there and painted: the map with every area of its level, and the
sentence that answers. Both are taken in the browser. The map must carry the title of the page, so an old map does not
count, and the later of the two decides.

*First time* is a picture that the server has not made before; *repeated* is one whose table its cache holds. A server
is warm: the page was opened once, so the registry is read. The target is for all switches of indicators, first ones
included; as repeating makes first ones rarer, they have to meet it on their own as well. A server makes each picture
for the first time once, so there are three of them, one after another. Forms, distances and norms stand apart and have
no target.

That nothing is computed twice is counted in the server: every job that a process is given and every registry that is
read is noted in a file, and while pictures are repeated the file must not grow.
"""

import argparse
import functools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from benchmarks import _plain_work
from benchmarks._serving import Server, serving
from benchmarks.load import load
from data.registry.reading import read_registry
from data.store.engine import open_engine
from data.store.settings import Settings
from geo.teryt import COUNTRY
from layers.indicators import INDICATORS
from layers.indicators.balance import BALANCE, FIRST_OF_BALANCE
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.choices import form_name
from layers.words.figures import indicator_name

SCOPE = "12"
FORM = "DZI-KLS"
"""People go to one nearby, so that each indicator has a sentence and a map of gminas of its own."""
SERVERS = 3
ROUNDS = 3
TARGET_S = 1.0
CORES = 2
FORMS = ("CAL-ZOL", "CAL-DPS", "DZI-DDP", "DZI-KLS")
"""The last is one that people go to nearby, for which the distances are offered."""
DISTANCES_KM = (5, 30, 20, 15)
NORMS = (4.0, 8.0, 12.0)
OTHERS_ROUNDS = 3
MOST_WAIT_S = 60
MOST_OPENINGS = 6
QUIET_MS = 400

# Runs before the page's own scripts and keeps what happens, and when. A frame shows its document only once loaded.
WATCH = """
(() => {
  if (window !== window.top) return;
  window.measured = [];
  const tell = (kind, facts) => window.measured.push({ kind, at: performance.now(), ...facts });
  const painted = (view, told) => view.requestAnimationFrame(() => view.requestAnimationFrame(told));

  const isChoice = (event) => event.type === "keydown" ? event.key === "Enter" : event.target.closest("[role=option]");
  for (const kind of ["pointerdown", "keydown"])
    addEventListener(kind, (event) => isChoice(event) && tell("asked"), true);

  let known = "";
  new MutationObserver(() => {
    const title = document.querySelector("[data-testid=stMain] h2")?.textContent ?? "";
    if (!title || title === known) return;
    known = title;
    painted(window, () => tell("title", { title }));
  }).observe(document, { subtree: true, childList: true, characterData: true });

  const drawn = (map) => {
    const [count, title] = [Number(map.dataset.drawn), map.ownerDocument.title];
    painted(map.ownerDocument.defaultView, () => tell("drawn", { count, title }));
  };
  document.addEventListener("load", ({ target }) => {
    const frame = target.tagName === "IFRAME" && target.contentDocument;
    if (!frame) return;
    frame.querySelectorAll("[data-drawn]").forEach(drawn);
    new MutationObserver((changes) => drawn(changes.at(-1).target))
      .observe(frame, { subtree: true, attributeFilter: ["data-drawn"] });
  }, true);
})();
"""
IS_NEW = """([since, areas]) => {
  const title = document.querySelector("[data-testid=stMain] h2")?.textContent;
  const isEnded = document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning";
  return isEnded && window.measured.some((one) =>
    one.kind === "drawn" && one.at > since && one.count >= areas && one.title === title);
}"""


# --- the server, with its work counted -------------------------------------------------------------------------


def serve(work: Path, options: list[str]) -> None:
    """Serve the application and note in a file everything that its caches have to make."""
    from streamlit.web import cli

    from layers.cache import shared_answers as cache
    from layers.jobs.pool import WorkerPool

    def note(name: str, started: float) -> None:
        with work.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, "seconds": time.perf_counter() - started}) + "\n")

    def counted(name: str, make: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(make)
        def noted(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            made = make(*args, **kwargs)
            note(name, started)
            return made

        return noted

    for name in ("read_registry", "published_geometry", "applied_scenario"):
        setattr(cache, name, counted(name, getattr(cache, name)))
    start = WorkerPool.start

    def noted_start(self: WorkerPool, job: Any, done: Callable[[Any], None]) -> Callable[[], None]:
        started = time.perf_counter()

        def told(outcome: Any) -> None:
            note(job.name, started)
            done(outcome)

        return start(self, job, told)

    WorkerPool.start = noted_start
    sys.argv = ["streamlit", "run", "app.py", *options]
    cli.main()


# --- the planner -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Switch:
    """
    One change of the page; seconds count from the press.

    `title_s` is when the sentence stands, `server_s` how long the server sends, `processor_s` the processor time it
    uses; `made` names what its caches had to make and `table_s` is the part of that for the table.
    """

    what: str
    choice: str
    is_first: bool
    seconds: float
    title_s: float
    server_s: float
    processor_s: float
    received_kb: float
    maps_drawn: int
    made: tuple[str, ...]
    table_s: float


class Planner:
    """Somebody at the planner's page."""

    def __init__(self, page: Any, server: Server, work: Path, areas_of: Callable[[View], int]) -> None:
        self.page, self._areas_of = page, areas_of
        self._server, self._work = server, work
        self._seen: set[str] = set()
        self._sent: list[float] = []
        self._received: list[tuple[float, int]] = []
        session = page.context.new_cdp_session(page)
        session.on("Network.webSocketFrameSent", lambda event: self._sent.append(event["timestamp"]))
        session.on(
            "Network.webSocketFrameReceived",
            lambda event: self._received.append((event["timestamp"], len(event["response"]["payloadData"]))),
        )
        session.send("Network.enable")

    def open(self, path: str) -> float:
        """Open the page and return the seconds until its first picture."""
        started = time.perf_counter()
        for attempt in range(MOST_OPENINGS):
            self.page.goto(self._server.address + path)
            try:
                self._wait_for_picture(0.0, self.view())
                break
            except PlaywrightTimeoutError:
                # On a busy machine what is read once may take longer than a job may, and the page says so.
                if attempt == MOST_OPENINGS - 1:
                    raise
        seconds = time.perf_counter() - started
        self._wait_quiet()
        self._seen.add(self.page.url)
        return seconds

    def choose(self, field: str, choice: str, words: str) -> Switch:
        """Choose an option of a selectbox."""
        box = self.page.locator(f".st-key-view_{field}").get_by_role("combobox")
        box.click()
        # Of a long list only the options around the chosen one are there.
        box.fill(words)
        option = self.page.get_by_role("option", name=words, exact=True)
        option.wait_for()
        chosen = type(getattr(View(), field))(choice)
        return self._measured(field, choice, option.click, chosen)

    def type_norm(self, norm: float) -> Switch:
        """Write a norm and press Enter."""
        box = self.page.locator(".st-key-view_norm input")
        box.fill(f"{norm:g}")
        return self._measured("norm", f"{norm:g}", lambda: box.press("Enter"), norm)

    def _measured(self, field: str, choice: str, press: Callable[[], None], chosen: Any) -> Switch:
        before = self._work_done()
        self.page.evaluate("window.measured.length = 0")
        old_title, used_s = self._title(), self._server.processor_s()
        self._sent.clear()
        self._received.clear()
        wanted = self.view().with_choice(**{field: chosen})
        press()
        told = self.page.evaluate("window.measured")
        asked = next(one["at"] for one in told if one["kind"] == "asked")
        self._wait_for_picture(asked, wanted)
        self._wait_quiet()
        told = self.page.evaluate("window.measured")
        title = self._title()
        drawn = [one["at"] for one in told if one["kind"] == "drawn" and one["title"] == title]
        titled = [one["at"] for one in told if one["kind"] == "title" and one["title"] == title]
        if field == "indicator" and title == old_title:
            raise SystemExit(f"expected another sentence for the indicator {choice}, found {title!r}")
        # The same sentence may answer another distance or norm.
        title_s = (max(titled) - asked) / 1000 if titled else 0.0
        made = self._work_done()[len(before) :]
        # The address is the view.
        is_first = self.page.url not in self._seen
        self._seen.add(self.page.url)
        return Switch(
            what=field,
            choice=choice,
            is_first=is_first,
            seconds=max((min(drawn) - asked) / 1000, title_s),
            title_s=title_s,
            server_s=max(at for at, _ in self._received) - min(self._sent),
            processor_s=self._server.processor_s() - used_s,
            received_kb=sum(size for _, size in self._received) * 3 / 4 / 1000,
            maps_drawn=sum(one["kind"] == "drawn" for one in told),
            made=tuple(work["name"] for work in made),
            table_s=sum(work["seconds"] for work in made if work["name"] == "area_table"),
        )

    def _title(self) -> str:
        return str(self.page.locator("[data-testid=stMain] h2").first.text_content())

    def view(self) -> View:
        """Return the view of the address: which level its map is of depends on the number and the form."""
        return View.from_query(dict(parse_qsl(urlsplit(self.page.url).query)))

    def _wait_for_picture(self, since: float, view: View) -> None:
        self.page.wait_for_function(
            IS_NEW, arg=[since, self._areas_of(view)], timeout=MOST_WAIT_S * 1000, polling=50
        )

    def _wait_quiet(self) -> None:
        """Wait until nothing has come for a moment: late frames belong to this picture."""
        count = -1
        while count != len(self._received):
            count = len(self._received)
            self.page.wait_for_timeout(QUIET_MS)

    def _work_done(self) -> list[dict[str, Any]]:
        if not self._work.exists():
            return []
        return [json.loads(line) for line in self._work.read_text(encoding="utf-8").splitlines()]


def indicators(planner: Planner) -> Iterator[Switch]:
    """Go through all indicators again and again."""
    texts = texts_of("pl")
    view = planner.view()
    # What the page offers for the group; the kinds of support of the balance are one entry.
    offered = [
        code
        for code, what in INDICATORS.items()
        if what.is_of_group(view.group) and (code not in BALANCE or code == FIRST_OF_BALANCE)
    ]
    # Each round ends where the page opened.
    order = [*(code for code in offered if code != view.indicator), view.indicator]
    for indicator in order * ROUNDS:
        yield planner.choose("indicator", indicator, indicator_name(indicator, texts))


def other_choices(planner: Planner) -> Iterator[Switch]:
    """Go through forms, distances and norms of the gap triad, which depends on all of them."""
    texts = texts_of("pl")
    planner.choose("indicator", "gap_share", indicator_name("gap_share", texts))
    for _ in range(OTHERS_ROUNDS):
        for form in FORMS:
            yield planner.choose("form", form, form_name(form, texts))
        for distance in DISTANCES_KM:
            yield planner.choose("distance_km", str(distance), texts.t("distance.kilometres", value=distance))
        for norm in NORMS:
            yield planner.type_norm(norm)


# --- the measurement -------------------------------------------------------------------------------------------


@contextmanager
def loaded_database(given: str | None, folder: Path) -> Iterator[Path]:
    """Give a database of real data: the given one, or one loaded from the mirror."""
    if given:
        yield Path(given).resolve()
        return
    database = folder / "planner.sqlite"
    load(database)
    yield database


def areas_of_views(database: Path) -> Callable[[View], int]:
    """Return what tells how many areas the map of a view draws: gminas that are told together are one."""
    engine = open_engine(f"sqlite:///{database}")
    registry = read_registry(engine)
    engine.dispose()

    def count(view: View) -> int:
        codes = registry.areas_of_level(view.level)["area_code"]
        return len(codes) if view.scope == COUNTRY else int(codes.str.startswith(view.scope).sum())

    return count


def measure(database: Path, folder: Path, *, with_others: bool) -> tuple[float, list[Switch], list[Switch]]:
    """Return what a fresh server takes: seconds of opening the page, and the switches of both series."""
    from playwright.sync_api import sync_playwright

    from tests.support.chromium import ARGUMENTS, find_chromium

    work = folder / "work.jsonl"
    work.unlink(missing_ok=True)
    program = ["-m", "benchmarks.planner_page", "--serve", str(work)]
    environment = {"SUPPORT_MAP_DATABASE_URL": f"sqlite:///{database}"}
    with serving(program, folder / "server.log", environment) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(WATCH)
        planner = Planner(context.new_page(), server, work, areas_of_views(database))
        opened_s = planner.open(f"/planowanie?scope={SCOPE}&form={FORM}")
        others = other_choices(planner) if with_others else ()
        found = (opened_s, list(indicators(planner)), list(others))
        browser.close()
    return found


def told(name: str, switches: list[Switch]) -> float:
    """Print the spread of a series and return its 95th percentile."""
    seconds = np.array([one.seconds for one in switches])
    p50, p95 = np.quantile(seconds, [0.5, 0.95], method="higher")
    middle = {
        field: float(np.median([getattr(one, field) for one in switches]))
        for field in ("title_s", "server_s", "processor_s", "received_kb")
    }
    print(
        f"planner: {name}: {len(switches)} switches, p50 {p50:.2f} s, p95 {p95:.2f} s, max {seconds.max():.2f} s "
        f"(medians: sentence after {middle['title_s']:.2f} s; the server sends {middle['received_kb']:.0f} kB within "
        f"{middle['server_s']:.2f} s and uses {middle['processor_s']:.2f} s of a processor)"
    )
    return float(p95)


def spread(switches: list[Switch], *, is_first: bool) -> str:
    wanted = [one for one in switches if one.is_first == is_first]
    name = "first" if is_first else "repeated"
    if not wanted:
        return f"never {name}"
    table = f", table {np.median([one.table_s for one in wanted]):.2f} s" if is_first else ""
    return f"{name} {np.median([one.seconds for one in wanted]):.2f} s{table}"


def report(opened_s: float, switches: list[Switch], others: list[Switch], slowness: float) -> bool:
    """Print both series; whether the targets are met."""
    print(f"planner: the first visitor of a fresh server waits {opened_s:.1f} s for the page (no target)")
    p95 = {}
    for name, series in (("indicator", switches), ("form, distance, norm", others)):
        p95[name, "all"] = told(f"{name}, all", series)
        for is_first in (True, False):
            wanted = [one for one in series if one.is_first == is_first]
            p95[name, is_first] = told(f"{name}, {'first time' if is_first else 'repeated'}", wanted)
    for field in dict.fromkeys(one.what for one in (*switches, *others)):
        for choice in dict.fromkeys(one.choice for one in (*switches, *others) if one.what == field):
            each = [one for one in (*switches, *others) if (one.what, one.choice) == (field, choice)]
            print(f"planner: {field} {choice}: {spread(each, is_first=True)}; {spread(each, is_first=False)}")
    again = [one for one in (*switches, *others) if not one.is_first]
    made = sum(len(one.made) for one in again)
    drawn = max(one.maps_drawn for one in (*switches, *others))
    is_fast, words = _plain_work.told(
        max(p95["indicator", "all"], p95["indicator", True]), TARGET_S, slowness
    )
    print(
        f"planner: new indicator to new picture, p95 {p95['indicator', 'all']:.2f} s of all and "
        f"{p95['indicator', True]:.2f} s of first ones: {words}"
    )
    print(
        f"planner: made anew in {len(again)} repeated switches: {made} jobs or registries (target 0): "
        f"{'met' if made == 0 else 'MISSED'}; a switch draws its map at most {drawn} times"
    )
    return is_fast and made == 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--serve", type=Path, help="serve the application and note its work in this file")
    parser.add_argument("--database", help="a loaded SQLite file; without it the mirror is loaded")
    asked, options = parser.parse_known_args()
    if asked.serve:
        serve(asked.serve, options)
        return 0
    if not asked.database and Settings.from_environment().mirror is None:
        print("no mirror of real data; set SUPPORT_MAP_MIRROR", file=sys.stderr)
        return 1
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with tempfile.TemporaryDirectory() as name, loaded_database(asked.database, Path(name)) as database:
        visits, slowness = _plain_work.beside_plain_work(
            lambda: [
                measure(database, Path(name), with_others=number == SERVERS - 1) for number in range(SERVERS)
            ]
        )
    load_1, load_5, _ = os.getloadavg()
    print(f"planner: {CORES} cores for server and browser; load average {load_1:.1f}, {load_5:.1f}")
    opened_s = sorted(opened for opened, _, _ in visits)[SERVERS // 2]
    switches = [one for _, series, _ in visits for one in series]
    others = [one for _, _, series in visits for one in series]
    return 0 if report(opened_s, switches, others, slowness) else 1


if __name__ == "__main__":
    sys.exit(main())

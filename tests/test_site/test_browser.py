"""The register in a real browser: Chromium of this system, where it and playwright are; `.ci/run` installs both."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from tests.test_site.conftest import DAY, ROOT, built
from typer.testing import CliRunner

from ogpcase.cli.app import app
from ogpcase.site import pages as drawing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: the extra `browser` has it"
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this system")

CASE = "mexico-2018/"
CONCERN = f"{CASE}2018-07-16-concern/"
HOSTILE = '"><script>document.title = "hostile"</script><img src=x onerror=alert(1)>'
KINDS = {
    "about.html": "about/",
    "case.html": CASE,
    "days.html": f"{CASE}days/",
    "doubts.html": "doubts/",
    "downloads.html": "downloads/",
    "event.html": CONCERN,
    "findings.html": "findings/",
    "moved.html": f"{CASE}2017-07-21-statement-international-organisations/",
    "parties.html": "parties/",
    "party.html": "parties/government-of-mexico/",
    "procedure.html": "procedures/response_policy-2017/",
    "procedures.html": "procedures/",
    "register.html": "",
    "requests.html": "requests/",
    "search.html": "search/?q=articulo",
    "source.html": f"{CASE}sources/case-page/",
    "statistics.html": "statistics/",
}
"""A page that each template draws."""
PAGES = (*KINDS.values(), f"{CASE}2020-01-01-letter-withdrawn/", f"{CASE}2020-01-02-letter-hostile/", f"es/{CASE}")
GOING_ON = (KINDS["moved.html"], "search/")
"""What loads more once it is there, and is whole when half a second passes in which it asks for nothing."""
TO_TAB_TO = "a[href], button, input, select, summary"


def test_there_is_a_page_for_each_template() -> None:
    templates = {file.name for file in files("ogpcase.site").joinpath("templates").iterdir()}
    assert set(KINDS) == {name for name in templates if not name.startswith("_")} - {"base.html"}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing of what is loaded."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The register of our own cases with a withdrawn letter and a hostile title, and its address on this machine."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(ROOT / "cases", folder / "cases")
    letter = ("letter", "--senders", "unknown", "--addressees", "ogp", "--source", "https://example.org/letter")
    _run(
        folder,
        "add-event",
        CASE.strip("/"),
        *letter,
        "--dated",
        "2020-01-01",
        "--title",
        "Withdrawn",
        "--slug",
        "withdrawn",
    )
    _run(folder, "withdraw", f"{CASE}2020-01-01-letter-withdrawn", "--because", "Recorded by mistake")
    _run(
        folder, "add-event", CASE.strip("/"), *letter, "--dated", "2020-01-02", "--title", HOSTILE, "--slug", "hostile"
    )
    with _serving(folder) as address:
        url = f"{address}register/"
        _run(folder, "site", folder / "register", "--as-of", DAY, "--base-url", url)
        yield url


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _run(folder: Path, *words: object) -> None:
    done = CliRunner().invoke(app, [*map(str, words), "--root", str(folder / "cases")], prog_name="ogpcase")
    assert 0 == done.exit_code, done.output


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


class Seen:
    """A page of the register in the browser, and what went wrong there."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.wrong: list[str] = []
        self.url = url
        self.page: Page = context.new_page()
        self.page.on("console", lambda said: self.wrong.append(f"{self.page.url}: {said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._asked)

    def open(self, address: str) -> Page:
        answer = self.page.goto(f"{self.url}{address}")
        assert answer is None or answer.ok, address
        if address.startswith(GOING_ON):
            self.page.wait_for_load_state("networkidle")
        return self.page

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.url):
            self.wrong.append(f"{self.page.url}: asks for {request.url}")


@pytest.fixture
def seen(chromium: Browser, served: str) -> Iterator[Callable[..., Seen]]:
    """Opens a window as a reader would set it up; at its end no page of it may have said or asked for anything else."""
    opened: list[tuple[BrowserContext, Seen]] = []

    def window(**settings: Any) -> Seen:
        context = chromium.new_context(**settings)
        opened.append((context, Seen(context, served)))
        return opened[-1][1]

    yield window
    for context, each in opened:
        context.close()
        assert [] == each.wrong


@pytest.mark.parametrize("width", [360, 1280])
def test_each_page_fits_its_window_and_loads_nothing_from_elsewhere(seen: Callable[..., Seen], width: int) -> None:
    window = seen(viewport={"width": width, "height": 800})
    wide = {}
    for address in PAGES:
        page = window.open(address)
        page.wait_for_load_state("networkidle")  # else what is asked for later would not be seen
        assert 1 == page.locator("h1").count()
        wide[address] = page.evaluate("document.documentElement.scrollWidth")
    assert {} == {address: each for address, each in wide.items() if each > width}


@pytest.mark.parametrize(("scheme", "rules"), [("light", None), ("dark", ["color-contrast"])])
def test_axe_finds_nothing(seen: Callable[..., Seen], scheme: str, rules: list[str] | None) -> None:
    """Light with all rules, dark with those of colour. The policy of the pages would keep axe out."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    window = seen(color_scheme=scheme, bypass_csp=True)
    found = []
    for address in PAGES:
        page = window.open(address)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        page.evaluate(axe)
        options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
        for each in page.evaluate("options => axe.run(options)", options)["violations"]:
            found += [(address, each["id"], node["html"]) for node in each["nodes"]]
    assert [] == found


@pytest.mark.parametrize("address", PAGES)
def test_the_keyboard_reaches_everything(seen: Callable[..., Seen], address: str) -> None:
    """Folded parts are opened by Enter, and what has the keyboard is marked."""
    page = seen().open(address)
    page.evaluate("document.activeElement.blur()")
    everything = page.locator(TO_TAB_TO)
    page.evaluate(
        """wanted => {
          window.missing = new Set(document.querySelectorAll(wanted));
          window.bare = 0;
          document.addEventListener("focusin", ({target}) => {
            missing.delete(target);
            if (getComputedStyle(target).outlineStyle === "none") bare += 1;
          });
        }""",
        TO_TAB_TO,
    )
    for _ in range(everything.count() + 20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('details:not([open]) > summary')"):
            page.keyboard.press("Enter")
    assert [] == page.evaluate("[...missing].map(each => each.outerHTML)")
    assert 0 == page.evaluate("bare")


@pytest.mark.parametrize(
    "address", [f"{CONCERN}#illegal-surveillance", f"{CASE}#2017-02-11-report-citizen-lab", f"{CASE}#doubts"]
)
def test_a_permanent_address_lands_on_what_it_names(seen: Callable[..., Seen], address: str) -> None:
    """On an item, a folded event and a part of a page, each below the menu that stays."""
    page = seen(reduced_motion="reduce").open(address)
    assert address.partition("#")[2] == page.evaluate("document.querySelector(':target').id")
    page.wait_for_function(
        """() => {
          const {left, top} = document.querySelector(":target").getBoundingClientRect();
          const there = document.elementFromPoint(left + 1, top + 1);
          return there?.closest(":target");
        }""",
        timeout=5000,
    )


def test_an_address_that_a_record_had_leads_on(seen: Callable[..., Seen]) -> None:
    page = seen().open(KINDS["moved.html"])
    page.wait_for_url(re.compile("2017-07-10-statement-international-organisations/$"))
    assert page.locator("h1").inner_text() != ""


def test_the_search_finds_a_name_without_its_accents(seen: Callable[..., Seen]) -> None:
    page = seen().open("search/")
    page.keyboard.type("animal politico")
    page.get_by_role("link", name="Animal Político", exact=True).click()
    page.wait_for_url(re.compile("parties/animal-politico/$"))
    assert "Animal Político" == page.locator("h1").inner_text()


def test_filters_leave_what_fits(seen: Callable[..., Seen]) -> None:
    page = seen().open("")
    rows = page.locator("#cases tbody tr:visible")
    everything = rows.count()
    page.get_by_label("Words").fill("turkeys ENDE")
    assert 0 == rows.count()
    page.get_by_label("Words").fill("missing TURKEY")
    assert 1 == rows.count()
    assert f"1 / {everything}" == page.get_by_role("status").inner_text()
    page.get_by_label("Words").fill("")
    page.get_by_label("Procedure").select_option("Response Policy")
    assert ["Illegal surveillance of civil society in Mexico"] == page.locator(
        "#cases tbody tr:visible a"
    ).all_inner_texts()


def test_paper_shows_all_of_a_case(seen: Callable[..., Seen]) -> None:
    """Folded events too, and no menu."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: the extra `browser` has it")
    page = seen().open(CASE)
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = "".join("".join(sheet.extract_text().split()) for sheet in pdf.pages)
    titles = page.locator(".event a").all_text_contents()
    assert len(titles) > 30
    assert [] == [title for title in titles if "".join(title.split()) not in text]
    assert "Downloads" not in text


def test_without_scripts_everything_is_read(seen: Callable[..., Seen]) -> None:
    window = seen(java_script_enabled=False)
    assert 3 == window.open("").locator("#cases tbody tr:visible").count()
    assert 0 == window.page.locator("form:visible").count()
    page = window.open(CASE)
    page.locator("details:not([open]) > summary").first.click()
    assert page.locator("details[open] .event").first.is_visible()
    assert "needs scripts" in window.open("search/").locator("main").inner_text()


def test_a_list_of_several_pages_is_filtered_as_one(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "ROWS_A_PAGE", 5)
    for path, data in built(ROOT / "cases").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    with _serving(tmp_path) as url:
        context = chromium.new_context()
        window = Seen(context, url)
        for address in ("parties/", "parties/pages/3/"):
            page = window.open(address)
            rows, words = page.locator("#parties tbody tr:visible"), page.locator("input[name=words]")
            assert 5 == rows.count()
            words.fill("citizen lab")
            playwright.expect(page.locator("[data-count]")).to_have_text(re.compile("^1 /"))
            assert ["Citizen Lab"] == rows.locator("th a").all_text_contents()
            link = rows.locator("th a").evaluate("each => each.href")
            assert f"{url}parties/citizen-lab/" == link
            words.fill("")
            playwright.expect(rows).to_have_count(5)
        assert [] == window.wrong
        context.close()


def test_a_hostile_title_stays_text(seen: Callable[..., Seen]) -> None:
    page = seen().open(f"{CASE}2020-01-02-letter-hostile/")
    assert HOSTILE == page.locator("h1").inner_text()
    assert page.title().startswith(HOSTILE)

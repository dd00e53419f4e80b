"""Draws each view of the Mexico case as a picture in `docs/img/`, and pages of the register: `make pictures`.

Each view is what a terminal of 80 columns shows on the day below, as an SVG that loads nothing from elsewhere. A page
is what Chromium shows, as a PNG; pages are drawn where the extra `browser` and Chromium are.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "img"
DAY = "2026-11-30"
VIEWS = {
    "timeline": ("timeline", "mexico-2018"),
    "status": ("status", "mexico-2018"),
    "list": ("list",),
    "requests": ("requests", "mexico-2018"),
    "findings": ("findings", "mexico-2018"),
    "doubts": ("doubts", "mexico-2018"),
    "parties": ("parties", "mexico-2018"),
    "sources": ("sources", "mexico-2018"),
    "search": ("search", "pegasus"),
    "stats": ("stats", "mexico-2018"),
    "show": ("show", "mexico-2018/2019-12-12-resolution"),
    "show-item": ("show", "mexico-2018/2018-07-16-concern#illegal-surveillance"),
    "due": ("due", "mexico-2018", "--as-of", "2018-09-25"),
    "policy": ("policy", "rapid_response-2020"),
}
"""The words of each view that is drawn; those without a day of their own are asked for `DAY`."""
END = "cases/mexico-2018/events/2019-12-12-resolution.yaml"
"""The record that was not committed yet where `diff` is drawn."""
PAGES = {
    "register": ("", 1280, "light"),
    "register-case": ("mexico-2018/", 1280, "light"),
    "register-case-dark": ("mexico-2018/", 360, "dark"),
    "register-event": ("mexico-2018/2018-07-16-concern/", 1280, "light"),
    "register-requests": ("requests/", 1280, "light"),
    "register-statistics": ("statistics/", 1280, "light"),
}
"""The page, the width of the window in pixels and the colours of each picture of the register."""
_FONTS = re.compile(r"\s*@font-face \{\{.*?\}\}", re.DOTALL)
"""What would load a font from another site."""


def main() -> None:
    """Draws all views."""
    PICTURES.mkdir(exist_ok=True)
    for name, words in VIEWS.items():
        (PICTURES / f"{name}.svg").write_text(drawn(name, words, ROOT), encoding="utf-8")
    with TemporaryDirectory() as folder:
        commit_without_the_end(Path(folder))
        (PICTURES / "diff.svg").write_text(drawn("diff", ("diff",), Path(folder)), encoding="utf-8")
    draw_pages()


def commit_without_the_end(folder: Path) -> None:
    """Makes a repository of our cases in which the resolution that closes the case of 2018 is not committed."""
    shutil.copytree(ROOT / "cases", folder / "cases")
    (folder / END).unlink()
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for words in (("init", "--quiet"), ("add", "--all"), (*identity, "commit", "--quiet", "--message", "before")):
        subprocess.run(("git", *words), cwd=folder, check=True)  # noqa: S603, S607 - the git of whoever draws, with the words above
    shutil.copy(ROOT / END, folder / END)


def draw_pages() -> None:
    """Draws the pages of the register, each as far as its window reaches."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or find_spec("playwright") is None:
        raise SystemExit("the pages are not drawn: they need Chromium, and `pip install -e '.[browser]'`")
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder, sync_playwright() as started:
        site = Path(folder) / "register"
        subprocess.run((sys.executable, "-m", "ogpcase", "site", site, "--as-of", DAY), cwd=ROOT, check=True)  # noqa: S603 - our own program
        browser = started.chromium.launch(executable_path=chromium)
        for name, (address, width, colours) in PAGES.items():
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=colours)
            page.goto((site / address / "index.html").as_uri())
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


def drawn(name: str, words: tuple[str, ...], folder: Path, columns: int = 80) -> str:
    """Returns the picture of what the command prints in a folder, on a terminal of so many columns."""
    console = Console(record=True, width=columns, file=StringIO(), force_terminal=True, color_system="truecolor")
    for text in Text.from_ansi(printed(words, folder, columns)).split():
        console.print(text, overflow="fold")  # as a terminal breaks what is too long for a line
    style = _FONTS.sub("", CONSOLE_SVG_FORMAT).replace("Fira Code, monospace", "DejaVu Sans Mono, Menlo, monospace")
    return console.export_svg(title=f"ogpcase {' '.join(words)}", code_format=style, unique_id=name)


def printed(words: tuple[str, ...], folder: Path, columns: int) -> str:
    """Returns what the command prints in a folder, on a terminal of so many columns, with its colours."""
    day = () if "--as-of" in words or words[0] == "policy" else ("--as-of", DAY)
    around = {**os.environ, "COLUMNS": str(columns), "PYTHONUTF8": "1", "TERM": "xterm-256color", "OGPCASE_PAGER": ""}
    around.pop("NO_COLOR", None)
    leader, follower = pty.openpty()
    command = (sys.executable, "-m", "ogpcase", *words, *day)
    with subprocess.Popen(command, cwd=folder, env=around, stdin=subprocess.DEVNULL, stdout=follower) as process:  # noqa: S603 - our own program with the words above
        os.close(follower)
        text = b"".join(iter(lambda: _read(leader), b"")).decode()
    os.close(leader)
    if process.returncode:
        raise SystemExit(f"`ogpcase {' '.join(words)}` ended with {process.returncode}")
    return text.replace("\r\n", "\n").rstrip("\n")


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


if __name__ == "__main__":
    main()

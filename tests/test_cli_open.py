"""`ogpcase open`: the paper of an event or another source, opened without a shell, and only what can do no harm."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
LETTER = f"{CASE}/2023-02-01-letter-ask"
PAGE = "https://example.org/a?b=c&d=$(touch%20x);e"


@pytest.fixture(autouse=True)
def _no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("ogpcase.cli.open.sys.platform", "linux")


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """A desktop with an `xdg-open` that writes down its arguments, one a line; returns them."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "xdg-open"
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" >> '{tmp_path}/called'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    there = tmp_path / "called"
    return lambda: there.read_text().splitlines() if there.exists() else []


def source(arcadia: Path, name: str, text: str) -> None:
    file = arcadia / CASE / "sources" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def kept(arcadia: Path, name: str, data: bytes = b"A letter.", pinned: bytes | None = None) -> Path:
    copy = arcadia / CASE / "sources" / name
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(data)
    digest = sha256(data if pinned is None else pinned).hexdigest()
    source(arcadia, "copy-of-it", f"title: It\nurl: {PAGE}\nfile: sources/{name}\nsha256: {digest}\n")
    return copy


def name_in(arcadia: Path, *lines: str) -> None:
    with (arcadia / CASE / "events" / "2023-05-22-letter-notice.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))


def test_an_address_is_one_argument_of_the_desktops_program(
    arcadia: Path, ogpcase: Run, called: Callable[[], list[str]]
) -> None:
    source(arcadia, "page", f"title: A page\nurl: {PAGE}\n")
    done = ogpcase("open", f"{CASE}/sources/page")
    assert (0, f"opened  {PAGE}\n", "") == (done.returncode, done.stdout, done.stderr)
    assert [PAGE] == called()
    assert not Path("x").exists()


def test_the_paper_of_an_event_is_opened(arcadia: Path, ogpcase: Run, called: Callable[[], list[str]]) -> None:
    source(arcadia, "page", f"title: A page\nurl: {PAGE}\n")
    name_in(arcadia, "  - page", "paper: page")
    assert 0 == ogpcase("open", f"{CASE}/2023-05-22-letter-notice").returncode
    assert [PAGE] == called()


def test_of_several_sources_each_is_listed(arcadia: Path, ogpcase: Run, called: Callable[[], list[str]]) -> None:
    source(arcadia, "page", f"title: A page\nurl: {PAGE}\n")
    name_in(arcadia, "  - page")
    done = ogpcase("open", "2023-05-22-letter-notice")
    assert (1, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith(
        "has several sources and names none as its paper: open one of them\n"
        "  `arcadia-2023/sources/case-page`: Page of the case\n  `arcadia-2023/sources/page`: A page\n"
    )
    assert [] == called()


def test_a_kept_copy_comes_before_the_address(arcadia: Path, ogpcase: Run, called: Callable[[], list[str]]) -> None:
    copy = kept(arcadia, "it.pdf")
    assert "opened  cases/arcadia-2023/sources/it.pdf\n" == ogpcase("open", f"{CASE}/sources/copy-of-it").stdout
    assert f"opened  {PAGE}\n" == ogpcase("open", f"{CASE}/sources/copy-of-it", "--online").stdout
    assert [str(copy), PAGE] == called()


@pytest.mark.usefixtures("called")
def test_print_prints_the_path_or_address_alone(arcadia: Path, ogpcase: Run, called: Callable[[], list[str]]) -> None:
    kept(arcadia, "it.exe")
    path, address = (ogpcase("open", f"{CASE}/sources/copy-of-it", "--print", *words) for words in ((), ("--online",)))
    assert (0, "cases/arcadia-2023/sources/it.exe\n") == (path.returncode, path.stdout)
    assert (0, f"{PAGE}\n") == (address.returncode, address.stdout)
    assert [] == called()


def test_without_a_desktop_it_is_printed_and_said(arcadia: Path, ogpcase: Run) -> None:
    source(arcadia, "page", f"title: A page\nurl: {PAGE}\n")
    done = ogpcase("open", f"{CASE}/sources/page")
    assert (0, f"there is no desktop here; open it yourself: {PAGE}\n") == (done.returncode, done.stdout)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("it.sh", "may be a program"),
        ("it.desktop", "may be a program"),
        ("it.pdf.exe", "may be a program"),
        ("it", "may be a program"),
    ],
)
def test_what_may_be_a_program_is_never_opened(
    arcadia: Path, ogpcase: Run, called: Callable[[], list[str]], name: str, fault: str
) -> None:
    kept(arcadia, name)
    done = ogpcase("open", f"{CASE}/sources/copy-of-it")
    assert (1, "", True) == (done.returncode, done.stdout, fault in done.stderr)
    assert [] == called()


def test_a_copy_that_is_not_the_pinned_one_is_not_opened(
    arcadia: Path, ogpcase: Run, called: Callable[[], list[str]]
) -> None:
    kept(arcadia, "it.pdf", b"Another letter.", pinned=b"A letter.")
    done = ogpcase("open", f"{CASE}/sources/copy-of-it")
    assert (1, True) == (done.returncode, "is not the copy that was kept\n" in done.stderr)
    assert [] == called()


@pytest.mark.parametrize("way", ["missing", "link", "upwards"])
def test_only_a_plain_file_among_the_sources_is_opened(
    arcadia: Path, ogpcase: Run, called: Callable[[], list[str]], way: str
) -> None:
    copy = kept(arcadia, "it.pdf")
    outside = arcadia.parent / "secret.pdf"
    outside.write_bytes(b"A letter.")
    copy.unlink()
    if way == "link":
        copy.symlink_to(outside)
    if way == "upwards":
        digest = sha256(b"A letter.").hexdigest()
        source(arcadia, "copy-of-it", f"title: It\nfile: sources/../../../secret.pdf\nsha256: {digest}\n")
    done = ogpcase("open", f"{CASE}/sources/copy-of-it")
    assert (1, "", True) == (done.returncode, done.stdout, done.stderr.startswith("error: the kept copy "))
    assert [] == called()


@pytest.mark.parametrize("address", ["mailto:someone@example.org", "http://", "https:///etc/passwd"])
def test_what_is_no_page_is_not_opened(
    arcadia: Path, ogpcase: Run, called: Callable[[], list[str]], address: str
) -> None:
    source(arcadia, "page", f"title: A page\nurl: {address}\n")
    done = ogpcase("open", f"{CASE}/sources/page")
    assert (1, True) == (done.returncode, "is not the address of a page" in done.stderr)
    assert [] == called()


@pytest.mark.parametrize(
    ("command", "said"), [("{}", [PAGE]), ("{} -x '%s' y", ["-x", PAGE, "y"]), ("none:{}", [PAGE])]
)
def test_an_address_goes_to_the_first_browser_that_is_installed(  # noqa: PLR0913, PLR0917 - fixtures
    arcadia: Path,
    ogpcase: Run,
    called: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    said: list[str],
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("BROWSER", command.format("xdg-open"))
    source(arcadia, "page", f"title: A page\nurl: {PAGE}\n")
    assert 0 == ogpcase("open", f"{CASE}/sources/page").returncode
    assert said == called()


def test_a_program_of_the_current_folder_is_not_started(
    arcadia: Path, ogpcase: Run, called: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repository could bring one."""
    trap = Path("xdg-open")
    trap.write_text("#!/bin/sh\ntouch trapped\n")
    trap.chmod(0o755)
    monkeypatch.setenv("PATH", f".::{Path('bin').absolute()}")
    source(arcadia, "page", f"title: A page\nurl: {PAGE}\n")
    ogpcase("open", f"{CASE}/sources/page")
    assert [PAGE] == called()
    assert not Path("trapped").exists()


def test_a_program_that_fails_leaves_the_address(arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "false")
    source(arcadia, "page", f"title: A page\nurl: {PAGE}\n")
    done = ogpcase("open", f"{CASE}/sources/page")
    assert (1, True) == (done.returncode, f"\n  open it yourself: {PAGE}\n" in done.stderr)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("reference", [CASE, "open-arcadia", "parties/open-arcadia"])
def test_what_is_no_event_and_no_source_is_refused(ogpcase: Run, reference: str) -> None:
    done = ogpcase("open", reference)
    assert (1, "") == (done.returncode, done.stdout)
    assert "is no event and no source\n  `ogpcase sources` lists the sources\n" in done.stderr


def test_a_source_without_address_or_copy_says_so(arcadia: Path, ogpcase: Run) -> None:
    source(arcadia, "book", "title: A book\n")
    done = ogpcase("open", f"{CASE}/sources/book")
    assert (1, "error: `book` has no address and no kept copy\n") == (done.returncode, done.stderr[:46])
    source(arcadia, "book", "title: A book\narchived_url: https://archive.org/x\n")
    assert "https://archive.org/x\n" == ogpcase("open", f"{CASE}/sources/book", "--print").stdout


@pytest.mark.usefixtures("arcadia")
def test_the_beginning_of_a_written_out_sources_id_will_do(ogpcase: Run) -> None:
    assert "copy" in ogpcase("open", f"{CASE}/sources/cop").stderr

"""What no eye sees is shown, what a runner obeys is broken up, and all else is left as it is."""

from __future__ import annotations

import pytest

from ogpcase.diagnostics.visible_text import harmless, log_line, visible


@pytest.mark.parametrize(
    "text",
    ["Núcleo", "标准 हिन्दी", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "a\u00a0b", "👩\u200d👧", "❤\ufe0f"],
)
def test_what_is_seen_stays(text: str) -> None:
    """Joiners and variation selectors too: Persian, Hindi and emoji need them."""
    assert text == visible(text)


@pytest.mark.parametrize(
    "code", [0, 0x1B, 0x85, 0x9B, 0xAD, 0x34F, 0x3164, 0xFFA0, 0x2800, 0x202E, 0x2066, 0xD800, 0xE0041]
)
def test_what_is_not_seen_is_shown(code: int) -> None:
    assert f"a\\u{{{code:04x}}}b" == visible(f"a{chr(code)}b")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", "\\u{003a}:error::x"),
        ("  ::stop-commands::x", "  \\u{003a}:stop-commands::x"),
        (" ::: a place", " ::: a place"),
        ("a ::error::x", "a ::error::x"),
        ("a ##[error]x", "a ##\\u{005b}error]x"),
    ],
)
def test_a_line_is_no_command_to_a_runner(text: str, shown: str) -> None:
    assert shown == log_line(text)


def test_what_was_made_harmless_stays_so() -> None:
    text = harmless("::\x1b##[x")
    assert (text, log_line(text)) == (harmless(text), log_line(log_line(text)))

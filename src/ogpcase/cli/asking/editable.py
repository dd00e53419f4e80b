"""Reads a line that can be edited and completed, and a paste of many lines as one answer: prompt_toolkit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from ogpcase.cli.asking.terminal import PROMPT, Terminal
from ogpcase.diagnostics.visible_text import visible
from ogpcase.editing.picks import Word
from ogpcase.model.parties import folded
from ogpcase.output.lines import Line
from ogpcase.output.terminal import write

_MENU_LINES = 6
_MOST_OFFERED = 50


class Editable(Terminal):
    """Asks with a line that can be edited, with completion of words."""

    several_lines = "paste as many lines as you like; Alt-Enter begins a line, Ctrl-X Ctrl-E opens your editor"
    says_it_once = True

    def __init__(self) -> None:
        self._session: PromptSession[str] = PromptSession(erase_when_done=False)

    def say(self, lines: Iterable[Line]) -> None:
        """Prints lines in their styles."""
        write(lines)

    def line(self, words: Sequence[Word] = ()) -> str:
        """Returns the typed line. Raises KeyboardInterrupt for Ctrl-C and Ctrl-D."""
        return self._typed(words, editor=False)

    def text(self) -> str:
        """Returns the typed text. Raises KeyboardInterrupt for Ctrl-C and Ctrl-D."""
        return self._typed((), editor=True)

    def _typed(self, words: Sequence[Word], *, editor: bool) -> str:
        try:
            return self._session.prompt(
                PROMPT,
                completer=_Words(words),
                complete_while_typing=True,
                reserve_space_for_menu=_MENU_LINES if words else 0,
                key_bindings=_keys(several_lines=editor),
                prompt_continuation=" " * len(PROMPT),
                enable_open_in_editor=editor,
                tempfile_suffix=".txt",
            )
        except EOFError:
            raise KeyboardInterrupt from None


def _keys(*, several_lines: bool) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("tab")
    def _complete(event: KeyPressEvent) -> None:
        """Takes the next word of the menu; before it is open, the first word that fits."""
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
        elif first := next(iter(buffer.completer.get_completions(buffer.document, CompleteEvent())), None):
            buffer.document = Document(first.text)

    if several_lines:

        @keys.add("escape", "enter")
        def _begin_line(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text("\n")

    return keys


class _Words(Completer):
    """Completes to words that contain what was typed, in themselves or in what they mean; accents and case aside."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = [(word, folded(f"{word.word} {word.says}")) for word in words]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002 - prompt_toolkit's own signature
        """Yields the words that fit, those that begin so first."""
        typed = folded(document.text)
        fitting = [(not whole.startswith(typed), word) for word, whole in self._words if typed in whole]
        for _, word in sorted(fitting, key=lambda each: each[0])[:_MOST_OFFERED]:
            yield Completion(
                word.word,
                start_position=-len(document.text),
                display=visible(word.word),
                display_meta=visible(word.says),
            )

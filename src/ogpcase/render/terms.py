"""Terms in words: the last day, how it is counted, how it was moved, and how what came back stands to it."""

from __future__ import annotations

from ogpcase.render.lines import GLUE, glued
from ogpcase.render.page import counted, days_in_words
from ogpcase.views.asks import AskLine
from ogpcase.views.terms import CountedTerm, Missed, MovedTerm, ShownTerm

_OF = {"dated": "", "received": "the receipt of ", "published": "the publication of "}
_OF_ITSELF = {"dated": "this paper", "received": "its receipt", "published": "its publication"}


def due_words(term: ShownTerm | None, *, with_day: bool = True) -> str:
    """Returns a request's term in brackets, after a blank; nothing where it has none.

    Without its day only how it is counted, and how it was moved.
    """
    if term is None:
        return ""
    parts = [f"due {day_words(term.set_to)}"] if term.set_to and (with_day or term.moves) else []
    parts += [_counted_words(term.counted)] if term.counted else []
    if term.set_to is None and not term.moves:
        parts[-1:] = [f"{parts[-1]}, which is not recorded" if parts else "due on a day that is not recorded"]
    parts += [_moved_words(each) for each in term.moves]
    if not parts:
        return ""
    return f" {glued(f'({parts[0]})')}" if len(parts) == 1 else f" ({', '.join(parts)})"


def day_words(text: str) -> str:
    """Returns a day as far as it is known: `2024-06-05`, `between 2024-06-01 and 2024-06-30`, `by 2024-06-30`."""
    if not text.startswith("["):
        return text
    inner = text.strip("[]")
    if "," in inner or ".." not in inner:
        return f"one of {', '.join(map(_one_of, inner.split(',')))}"
    first, last = inner.split("..")
    if first and last:
        return f"between{GLUE}{first} and{GLUE}{last}"
    return f"by{GLUE}{last} at the latest" if last else f"{first} at the earliest"


def _one_of(part: str) -> str:
    first, dots, last = part.partition("..")
    if not dots:
        return part
    return f"{first} to {last}" if first and last else f"{first} or later" if first else f"up to {last}"


def missed_words(missed: Missed | None) -> str:
    """Returns what follows when the term is missed; nothing where the paper does not say."""
    if missed is None:
        return ""
    return f"if missed: {missed.text}{f' ({missed.stage})' if missed.stage else ''}"


def timing_words(each: AskLine) -> str:
    """Returns how what came back stands to its term; nothing where there is none."""
    days = days_in_words(each.timing_days)
    perhaps = "" if each.certain else "perhaps "
    if each.outcome == "unanswered" and each.parts:
        return ""
    if each.timing in {"running", "due_passed"} and (each.outcome == "overtaken" or each.at_end):
        then = " when the case ended" if each.at_end else ""
        return f"not yet due{then}" if each.timing == "running" else f"term passed {days} before{then[5:]}"
    words = {
        "on_time": f"{perhaps}in time",
        "late": f"{perhaps}{days} {'past the last day' if each.outcome == 'silent' else 'late'}".replace("  ", " "),
        "possibly_late": "possibly late",
        "running": "today is its last day" if days == "0 days" else f"{days} left" if days else "its term runs",
        "due_passed": f"term passed {days} ago",
        "unknown": "timing not known",
    }
    return words.get(each.timing, "")


def _counted_words(term: CountedTerm) -> str:
    unit = term.unit.removesuffix("s")
    length = f"within {counted(term.count, unit)} of "
    if term.after is None:
        return length + _OF_ITSELF[term.counted_from]
    return f"{length}{term.after} being met" if "#" in term.after else f"{length}{_OF[term.counted_from]}{term.after}"


def _moved_words(moved: MovedTerm) -> str:
    perhaps = "" if moved.certain else "perhaps "
    if moved.to is None or moved.to == "unknown":
        return f"{perhaps}extended, to a day not recorded"
    return f"{perhaps}{'brought forward' if moved.brought_forward else 'extended'} to {day_words(moved.to)}"

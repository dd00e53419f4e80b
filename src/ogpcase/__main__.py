"""`python -m ogpcase`, and the console script."""

import gc
import os
import sys

_NEW_OBJECTS = 400_000
"""How many more than were freed before garbage is looked for: Python's 700 has it look 200 times in one command."""


def main() -> None:
    """Runs the command line; `--version` and a shell's completion are answered before anything is imported for it."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from ogpcase import __version__  # nothing else is needed

        _say(f"ogpcase {__version__}\n")
        return
    if sys.argv[1:2] == ["__complete"]:
        from ogpcase.cli.completing import answer  # a TAB waits for it

        answer(sys.argv[2:])
    from ogpcase.cli.boundary import Ended, answer_requests, ended, ignore_requests  # a TAB does without

    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # one that logs would see what records say
    gc.set_threshold(_NEW_OBJECTS)
    try:
        try:
            answer_requests(_leave_at_once)
            from ogpcase.cli.app import run  # from here on a Ctrl-C is answered in our words

            run()
        finally:
            ignore_requests()
            gc.freeze()  # what is left at the end goes with the process: Python need not look through it
    except Ended as request:
        sys.exit(ended(request))


def _say(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, AttributeError):  # nobody is there to read it, or no room
        os._exit(1)


def _leave_at_once(request: BaseException) -> None:
    from ogpcase.cli.boundary import ended  # loaded by then

    os._exit(ended(request))


if __name__ == "__main__":
    main()

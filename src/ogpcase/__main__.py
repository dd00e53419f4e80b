"""`python -m ogpcase`, and the console script."""

import sys


def main() -> None:
    """Runs the command line; `--version` is answered before anything is imported for it."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from ogpcase import __version__

        sys.stdout.write(f"ogpcase {__version__}\n")
        return
    from ogpcase.cli.app import run

    run()


if __name__ == "__main__":
    main()

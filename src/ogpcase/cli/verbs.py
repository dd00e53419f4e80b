"""The verbs of the command line, in groups, each with its sentence and examples."""

from __future__ import annotations

GROUPS: dict[str, dict[str, str]] = {
    "Read": {
        "list": "List all cases with their stage.",
        "status": "Show the stage of a case, what is open, and possible moves.",
        "timeline": "Show the events and stages of a case in order.",
        "show": "Show one record, party, item or action plan in full.",
        "requests": "Show who asked whom for what, and what came back.",
        "due": "Show the terms that run, and those that have passed.",
        "findings": "Show the allegations with the replies and findings on each.",
        "doubts": "Show what is uncertain, contradicted or unsourced.",
        "parties": "Show who appears, in which role and how often.",
        "sources": "Show the texts that facts were read in, and their use.",
        "search": "Find words in all texts, names and ids.",
        "open": "Open the paper of an event, or another source.",
        "stats": "Show days between stages, votes and answers, over all cases.",
        "policy": "Show the policy's moves, and how well each is known.",
    },
    "Record": {
        "init": "Start a case folder.",
        "open-case": "Open a case: write its header.",
        "add-party": "Add an organisation, body, office or person.",
        "add-source": "Add a text that facts of a case were read in.",
        "add-event": "Write one event, from options, questions or an editor.",
        "import": "Write an event for each row of a table.",
        "advance": "List the moves that the policy permits, or make one.",
    },
    "Amend": {
        "edit": "Open an existing record in your editor.",
        "set": "Give one field of an existing record another value.",
        "add": "Add items to a list of an existing record.",
        "remove": "Take a field or an item out of an existing record.",
        "answer": "Add an answer to a request to the event that gives it.",
        "attach": "Keep a file as a source, and name it in an event.",
        "rename": "Give an event, case, party or source another id, everywhere.",
        "merge-parties": "Make one party of two that are the same.",
        "withdraw": "Take back a record that was made by mistake.",
    },
    "Judge": {
        "validate": "Check all records of the case folder.",
        "explain": "Explain a check: what it reports, and why.",
        "diff": "Show what a change since a revision means.",
    },
    "Publish": {
        "publish": "Make the public copy: the records that others may see.",
        "site": "Make the public register: pages for everybody.",
        "export": "Write events, requests, findings and more as tables.",
    },
    "Set up": {
        "schema": "Write the JSON Schemas and code lists for editors.",
        "completion": "Print the completion script of a shell.",
        "lsp": "Show problems and complete ids in an editor, as you type.",
    },
}
"""The verbs by what they are for, in the order of `--help`."""
VERBS: dict[str, str] = {verb: sentence for group in GROUPS.values() for verb, sentence in group.items()}
"""The verbs with their sentences."""
EXAMPLES: dict[str, tuple[str, ...]] = {
    "list": ("list", "list --as-of 2018-10-01 --json"),
    "status": ("status mexico-2018", "status mexico-2018 --as-of 2018-10-01"),
    "timeline": (
        "timeline mexico-2018",
        "timeline mexico-2018 --since 2018-07-01 --party 'Artículo 19'",
        "timeline mexico-2018 --lang es --format markdown",
    ),
    "show": (
        "show mexico-2018/2018-07-16-concern",
        "show mexico-2018/2017-02-16-letter-core-group#investigation",
        "show article-19",
    ),
    "requests": ("requests mexico-2018 --of stt-mexico", "requests --outcome unanswered --format csv"),
    "due": ("due", "due --within 30 --exit-code", "due --format ics > terms.ics"),
    "findings": ("findings mexico-2018",),
    "doubts": ("doubts mexico-2018",),
    "parties": ("parties", "parties mexico-2018 --full"),
    "sources": ("sources mexico-2018",),
    "search": ("search pegasus", "search vigilancia --lang es"),
    "open": ("open mexico-2018/2019-05-02-report-review", "open mexico-2018/sources/review-report"),
    "stats": ("stats", "stats --table asks --format csv"),
    "policy": ("policy", "policy response_policy-2014"),
    "init": ("init", "init data/our-cases", "init --install-from 0.1.0"),
    "open-case": (
        (
            "open-case mexico-2026 --policy-version 2017 --title 'A new case'"
            " \\\n      --subject 'Government of Mexico' --country MX"
        ),
    ),
    "add-party": (
        "add-party --name 'Press Union' --classification civil_society",
        "add-party --name 'Jane Roe' --classification individual --edit",
    ),
    "add-source": ("add-source mexico-2018 --url https://example.org/letter",),
    "add-event": (
        (
            "add-event mexico-2018 letter --dated '3 Feb 2020'"
            " \\\n      --title 'A letter' --senders 'Artículo 19' --source https://example.org"
        ),
        "add-event mexico-2018 letter --dated 2020-02 --title Letter --edit",
        "add-event letter --help",
    ),
    "import": ("import letters.csv --case mexico-2018 --dry-run",),
    "advance": (
        "advance mexico-2018",
        "advance mexico-2026 under_review --kind letter --dated 2026-10-05 \\\n      --title 'OGP takes it up'",
    ),
    "edit": ("edit mexico-2018/2018-07-16-concern",),
    "set": (
        "set mexico-2018/2018-07-16-concern received 2018-07-17",
        "set article-19 name 'Article 19'",
    ),
    "add": (
        "add mexico-2018/2018-07-16-concern grounds other",
        "add article-19 other_names 'Artículo XIX'",
    ),
    "remove": ("remove mexico-2018/2018-07-16-concern received",),
    "answer": (
        (
            "answer 2017-02-16-letter-core-group#investigation acknowledged"
            " \\\n      --in 2017-05-25-statement-ogp --of 'Government of Mexico'"
        ),
    ),
    "attach": ("attach mexico-2018/2018-07-16-concern letter.pdf --paper",),
    "rename": ("rename 2018-07-16-concern 2018-07-16-concern-surveillance",),
    "merge-parties": ("merge-parties proceso animal-politico --dry-run",),
    "withdraw": ("withdraw 2017-06-22-statement-president --because 'Recorded twice'",),
    "validate": (
        "validate",
        "validate cases/mexico-2018 --format concise",
        "validate --since origin/main",
    ),
    "explain": ("explain OC301", "explain report-after-resolution"),
    "diff": ("diff", "diff main --format markdown --public"),
    "publish": ("publish ../public --dry-run", "publish ../public --yes"),
    "site": ("site ../register", "site ../register --only mexico-2018 --title 'Our cases'"),
    "export": (
        "export csv --table requests",
        "export csv mexico-2018 --to tables",
        "export sqlite --to database",
        "export timelinejs mexico-2018",
    ),
    "schema": ("schema", "schema our-schemas"),
    "lsp": ("lsp",),
    "completion": ("completion bash", "completion fish > ogpcase.fish"),
}
"""Examples by verb, as typed after `ogpcase`, with the records of this project; the tests run them all."""

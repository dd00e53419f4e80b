"""The verbs of the command line, in groups, each with its sentence."""

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

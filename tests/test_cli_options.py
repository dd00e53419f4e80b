"""Options of `add-event`: every field of every kind can be given, and stands in the file as it was meant."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess
from textwrap import dedent

import pytest

from ogpcase.model.codelists import Kind
from ogpcase.model.questions import fields_of

Run = Callable[..., CompletedProcess[str]]
ALLEGATION = "2023-04-10-concern#sealed-contracts"
OWN_FIELDS: dict[Kind, tuple[tuple[str, ...], str]] = {
    Kind.CONCERN: (
        ("--addendum-to", "2023-04-10-concern", "--addressees", "unknown", "--filers", "Open Arcadia",
         "--filer-count", "3", "--filer-class", "involved_entity", "--signatories", "open-arcadia",
         "--grounds", "civic_space", "--grounds", "media_freedom",
         "--allegation", "{id: a, text: b, evidence: [2023-02-01-letter-ask]}",
         "--prior-step", "2023-02-01-letter-ask", "--prior-step", "{text: A call}"),
        """\
        addendum_to: 2023-04-10-concern
        addressees: [unknown]
        filers: [open-arcadia]
        filer_count: 3
        filer_class: involved_entity
        signatories: [open-arcadia]
        grounds: [civic_space, media_freedom]
        allegations:
          - id: a
            text: b
            evidence: [2023-02-01-letter-ask]
        prior_steps:
          - 2023-02-01-letter-ask
          - text: A call
        """,
    ),
    Kind.LETTER: (
        ("--senders", "{party: Open Arcadia, as_named: O.A., office: Board}", "--addressees", "unknown",
         "--copied", "government of arcadia", "--signatories", "open-arcadia", "--signatory-count", "11",
         "--signed-by", "{name: A. B., office: Head, for: open arcadia}", "--about", "2023-04-10-concern",
         "--replies", f"{{about: '{ALLEGATION}', position: denies, text: {{en: Denied, eo: Ne}}}}"),
        f"""\
        senders:
          - party: open-arcadia
            as_named: O.A.
            office: Board
        addressees: [unknown]
        copied: [government-of-arcadia]
        signatories: [open-arcadia]
        signatory_count: 11
        signed_by:
          - name: A. B.
            office: Head
            for: open-arcadia
        about: [2023-04-10-concern]
        replies:
          - about: {ALLEGATION}
            position: denies
            text:
              en: Denied
              eo: Ne
        """,
    ),
    Kind.STATEMENT: (
        ("--issued-by", "open-arcadia", "--signatories", "open-arcadia", "--signatory-count", "2",
         "--about", "2023-04-10-concern", "--reply", f"{{about: '{ALLEGATION}', position: explains}}"),
        f"""\
        issued_by: [open-arcadia]
        signatories: [open-arcadia]
        signatory_count: 2
        about: [2023-04-10-concern]
        replies:
          - about: {ALLEGATION}
            position: explains
        """,
    ),
    Kind.REPORT: (
        ("--authors", "open-arcadia", "--report-type", "civil_society", "--adopted-by", "open-arcadia",
         "--conclusion", "not_addressed", "--finding", f"{{about: '{ALLEGATION}', credibility: credible}}"),
        f"""\
        authors: [open-arcadia]
        report_type: civil_society
        adopted_by: [open-arcadia]
        conclusion: not_addressed
        findings:
          - about: {ALLEGATION}
            credibility: credible
        """,
    ),
    Kind.RESOLUTION: (
        ("--by", "ogp-criteria-and-standards", "--adopts", "2024-01-15-report-review",
         "--preamble", "{verb: notes, text: A, cites: [2023-04-10-concern]}",
         "--clause", "{id: a, verb: asks, text: B}", "--clause", "It closes the case on this ground",
         "--term", "{months: 12, until: 2026-01-15}",
         "--votes", "{for: 5, against: 0, method: by hand}"),
        """\
        by: [ogp-criteria-and-standards]
        adopts: 2024-01-15-report-review
        preamble:
          - verb: notes
            text: A
            cites: [2023-04-10-concern]
        clauses:
          - id: a
            verb: asks
            text: B
          - id: it-closes-the-case
            text: It closes the case on this ground
        term:
          months: 12
          until: 2026-01-15
        votes:
          for: 5
          against: 0
          method: by hand
        """,
    ),
    Kind.COMMITMENT: (
        ("--action-plan", "{name: Third Plan, number: 3, period: 2025-2027}", "--number", "4",
         "--lead", "Government of Arcadia", "--text", "{en: A promise, eo: Promeso}",
         "--milestone", "{id: m, text: do it, due: 2026-03}",
         "--assessment", "{by: open arcadia, dated: 2026, completion: limited, source: s1}"),
        """\
        action_plan:
          name: Third Plan
          number: 3
          period: 2025-2027
        number: 4
        lead: [government-of-arcadia]
        text:
          en: A promise
          eo: Promeso
        milestones:
          - id: m
            text: do it
            due: 2026-03
        assessments:
          - by: open-arcadia
            dated: 2026
            completion: limited
            source: s1
        """,
    ),
    Kind.DEVELOPMENT: (
        ("--place", "The capital", "--participants", "open-arcadia", "--process", "interrupted",
         "--action-plan", "{number: 3}", "--effect", "It stopped"),
        """\
        place: The capital
        participants: [open-arcadia]
        process: interrupted
        action_plan:
          number: 3
        effect: It stopped
        """,
    ),
}  # fmt: skip
COMMON = (
    "--summary", "In short", "--received", "2025-01-17", "--published", "2025-01", "--until", "2025-12-31",
    "--also-dated", "{value: 2025-01-16, source: s1}", "--also-stated", "{field: title, value: Otherwise, source: s1}",
    "--language", "en", "--languages", "eo", "--in-reply-to", "2023-02-01-letter-ask",
    "--follows", "2023-04-10-concern", "--cites", "2023-04-10-concern", "--context",
    "--policy-version", "2017", "--as-stated-status", "Paused",
    "--request", "{id: r, asked_of: [Government of Arcadia], text: Do, within: {days: 30, from: received}}",
    "--requests", "{id: q, text: Say}", "--withhold", "summary", "--departure", "{because: So, sources: [s1]}",
    "--answer", "{request: 2023-02-01-letter-ask#publish-contracts, answer: none, of: [government of arcadia]}",
    "--on-behalf-of", "Open Arcadia", "--paper", "s1", "--told-by", "https://example.org/1", "--inferred", "dated",
    "--alias", "2025-01-letter", "--aliases", "2025-letter",
    "--source", "https://example.org/1", "--source", "{title: A paper, retrieved: 2025-02-01, gives: [dated]}",
)  # fmt: skip
HEAD = """\
title:
  en: A title
  eo: Titolo
summary: In short
dated: 2025-01-15
received: 2025-01-17
published: 2025-01
until: 2025-12-31
also_dated:
  - value: 2025-01-16
    source: s1
"""
TAIL = """\
also_stated:
  - field: title
    value: [Otherwise]
    source: s1
languages: [en, eo]
in_reply_to: [2023-02-01-letter-ask]
follows: [2023-04-10-concern]
cites: [2023-04-10-concern]
context: true
on_behalf_of: [open-arcadia]
policy_version: "2017"
departure:
  - because: So
    sources: [s1]
as_stated_status: Paused
requests:
  - id: r
    asked_of: [government-of-arcadia]
    text: Do
    within:
      days: 30
      from: received
  - id: q
    text: Say
answers:
  - request: 2023-02-01-letter-ask#publish-contracts
    answer: none
    of: [government-of-arcadia]
withhold: [summary]
sources:
  - example-org-1
  - id: s1
    title: A paper
    retrieved: 2025-02-01
    gives: [dated]
paper: s1
told_by: example-org-1
inferred: [dated]
aliases: [2025-01-letter, 2025-letter]
"""
BESIDE = "# cases/arcadia-2023/sources/example-org-1.yaml\n# url: https://example.org/1\n"


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("kind", Kind)
def test_every_field_is_given_by_its_option(ogpcase: Run, kind: Kind) -> None:
    own, lines = OWN_FIELDS[kind]
    done = ogpcase("add-event", "arcadia-2023", kind, "--title", "{en: A title, eo: Titolo}",
                   "--dated", "2025-01-15", *COMMON, *own, "--dry-run")  # fmt: skip
    assert (0, False) == (done.returncode, "error[" in done.stderr), done.stderr
    assert f"kind: {kind}\n{HEAD}{dedent(lines)}{TAIL}{BESIDE}" == done.stdout


@pytest.mark.parametrize("kind", Kind)
def test_no_own_field_is_forgotten_here(kind: Kind) -> None:
    lines = dedent(OWN_FIELDS[kind][1]).splitlines()
    assert [field.name for field in fields_of(kind) if field not in fields_of()] == [
        each.partition(":")[0] for each in lines if each[0].isalpha()
    ]


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    "title", ["no", "2017", "2017-01-01", "012", "1e3", "~", "- a", "a: b", "a #b", "[x", "'", " é "]
)
def test_a_text_is_quoted_where_a_reader_could_take_it_for_something_else(ogpcase: Run, title: str) -> None:
    words = ("add-event", "arcadia-2023", "letter", "--dated", "2025", "--senders", "open-arcadia",
             "--source", "https://example.org", "--title", title)  # fmt: skip
    done = ogpcase(*words)
    assert (0, "") == (done.returncode, done.stderr)
    assert f"{title.strip()}\n" in ogpcase("show", "arcadia-2023/2025-letter").stdout

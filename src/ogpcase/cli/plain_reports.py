"""The reading verbs that are little more than their report: each reads the cases meant, asks, and returns it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from inspect import cleandoc
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from typer import Argument, Option

from ogpcase.cli.options import CaseArgument, CasesArgument, DutiesOption, day_of
from ogpcase.cli.read_session import (
    FOR_SPREADSHEETS,
    ON_SCREEN,
    ReadSession,
    Report,
    opened,
    published_both,
    reads,
    refuse_unsaid,
)
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, BadInput, Misused

if TYPE_CHECKING:
    from ogpcase.model.casefile import CaseFile

Repeated = list[str] | None


@reads("csv", "json", translated=True)
def run_list(
    sort: Annotated[
        Literal["case", "stage", "since", "open", "due"],
        Option(help="What to sort by: open requests most first, days soonest or longest ago first."),
    ] = "case",
    full: Annotated[
        bool, Option("--full", help="Show the stays as bars, what was waited for longest, and related cases.")
    ] = False,
    *,
    session: ReadSession,
) -> Report:
    """Where each case stands and since when, how much is open, and what is due next: a line a case, with totals."""
    from ogpcase.reports.cases import rows, tables, text

    casefiles = session.cases(None)
    listed = rows.sorted_cases((rows.listed_case(casefile, session.reader) for casefile in casefiles), sort)
    return Report(listed, text.full_listing_lines if full else text.listing_lines, tables.LIST, cases=casefiles)


@reads("markdown", "csv", "json", "mermaid", translated=True)
def run_timeline(
    case: CaseArgument,
    kind: Annotated[list[str] | None, Option(help="Only events of this kind; repeats.")] = None,
    party: Annotated[list[str] | None, Option(help="Only with this party or a part of it; repeats.")] = None,
    since: Annotated[str | None, Option(metavar="DATE", help="Only from this day on.")] = None,
    until: Annotated[str | None, Option(metavar="DATE", help="Only up to this day.")] = None,
    search: Annotated[
        str | None, Option(metavar="TEXT", help="Only with these words in its texts, names or id.")
    ] = None,
    context: Annotated[bool, Option("--context", help="Show each event of the background.")] = False,
    full: Annotated[
        bool, Option("--full", help="Show every event with all its texts, what it asks and what came back.")
    ] = False,
    duties: DutiesOption = False,
    *,
    session: ReadSession,
) -> Report:
    """The case at a glance: its stages, a line or two an event, the requests that are open. --full shows everything.

    With --as-of and --since it says what changed between two days.
    """
    from ogpcase.reports.timeline import rows, text
    from ogpcase.reports.timeline.text import timeline_lines

    casefile = session.case(case)
    wanted = rows.Filter(since=day_of(since, "--since"), until=day_of(until, "--until"))
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise Misused(f"--since {wanted.since} is after --until {wanted.until}", "exchange the two days")
    if kind or party:  # few runs name one
        from ogpcase.editing.naming import parties_named
        from ogpcase.editing.typed_values import kind_named

        parties = parties_named(session.workspace.registry(), party)
        wanted = wanted._replace(kinds=frozenset(map(kind_named, kind or ())), parties=parties)
    wanted = wanted._replace(events=_events_with(search, casefile, session))
    timeline = rows.timeline_of(casefile, session.reader, wanted)._replace(duties=duties, context=context)
    report = Report(timeline, timeline_lines, case=case, cases=[casefile])
    if session.form != "text":  # the tables of the other formats are a thirtieth of what this command costs
        from ogpcase.reports.timeline.tables import TIMELINE, timeline_markdown, timeline_mermaid

        return report._replace(answer=TIMELINE, formats={"markdown": timeline_markdown, "mermaid": timeline_mermaid})
    if not full:
        return report
    from ogpcase.reports.timeline.paragraphs import with_texts

    return report._replace(whole=with_texts(timeline, casefile, session.reader), lines=text.full_lines)


def _events_with(text: str | None, case: CaseFile, session: ReadSession) -> frozenset[str] | None:
    if not text:
        return None
    from ogpcase.reports.search.rows import search, words_of

    found = search([case], session.workspace.registry(), session.reader, words_of([text]), all_parties=False)
    return frozenset(each.reference.partition("/")[2] for each in found.records if each.sort == "event")


@reads("json", translated=True)
def run_status(
    case: CaseArgument,
    whole: Annotated[bool, Option("--all", help="Show each open request, each move and each link.")] = False,
    duties: DutiesOption = False,
    *,
    session: ReadSession,
) -> Report:
    """A case on one screen: its stage and since when, what may follow, what runs out, and who has what open."""
    from ogpcase.reports.status import rows, tables, text

    casefile = session.case(case)
    status = rows.status_of(casefile, session.reader)._replace(duties=duties, whole=whole or duties)
    return Report(status, text.status_lines, tables.STATUS, case=case, cases=[casefile])


@reads("markdown", "csv", "json", translated=True)
def run_requests(
    case: CasesArgument = None,
    of: Annotated[Repeated, Option(help="Only what was asked of this party or a part of it; repeats.")] = None,
    by: Annotated[Repeated, Option(help="Only what this party or a part of it asked; repeats.")] = None,
    outcome: Annotated[Repeated, Option(help="Only with this outcome, as silent; repeats.")] = None,
    timing: Annotated[Repeated, Option(help="Only with this timing, as due_passed; repeats.")] = None,
    kind: Annotated[
        Repeated, Option(help="Only requests in this kind of event, or `duty` for those of the policy; repeats.")
    ] = None,
    due_before: Annotated[
        str | None, Option(metavar="DATE", help="Only where the last day may be before this one.")
    ] = None,
    duties: DutiesOption = False,
    full: Annotated[bool, Option("--full", help="Show each text whole, who asks, its term and its reference.")] = False,
    *,
    session: ReadSession,
) -> Report:
    """What was asked of whom, and what came back after how many days: a line an ask, by who was asked.

    Those who have been waited for longest come first. A request made of several parties has a line for each.
    Silent means that a source attests that no answer came; unanswered only that nothing is recorded.
    """
    from ogpcase.editing.naming import parties_named
    from ogpcase.ledger import AskOutcome, TimingWord
    from ogpcase.model.codelists import Kind
    from ogpcase.reports.requests import rows, tables, text

    casefiles, registry = session.cases(case), session.workspace.registry()
    wanted = rows.AskFilter(
        parties_named(registry, of),
        parties_named(registry, by),
        _known_words("outcome", outcome, get_args(AskOutcome)),
        _known_words("timing", timing, get_args(TimingWord)),
        _known_words("kind", kind, (*map(str, Kind), rows.DUTY)),
        day_of(due_before, "--due-before"),
    )
    requests = rows.requests_of(casefiles, session.reader, wanted)
    requests = requests._replace(duties=duties or requests.duties, full=full)
    return Report(
        requests, text.requests_lines, tables.REQUESTS, {"markdown": tables.requests_markdown}, case, casefiles
    )


def _known_words(option: str, given: Repeated, known: Sequence[str]) -> frozenset[str]:
    """Returns the words of an option; a hyphen stands for an underline. Raises Misused for one that is not known."""
    from ogpcase.diagnostics import did_you_mean

    words = frozenset(word.replace("-", "_") for word in given or ())
    for word in sorted(words - set(known)):
        hints = did_you_mean(word, known) or [f"--{option} takes one of {', '.join(known)}"]
        raise Misused(f"--{option} does not know `{word}`", *hints)
    return words


@reads("csv", "ics", "json", translated=True)
def run_due(
    case: CasesArgument = None,
    within: Annotated[
        str | None, Option(metavar="LENGTH", help="Only terms that end within this time from today: 30d, 6w.")
    ] = None,
    exit_code: Annotated[bool, Option("--exit-code", help="Leave with 1 when a term is listed.")] = False,
    duties: DutiesOption = False,
    *,
    session: ReadSession,
) -> Report:
    """The last days of what is asked and open, and of decisions that hold for a time, soonest first.

    A term that has passed with nothing recorded accuses nobody. What was open when a case ended is left out.
    With --within and --exit-code it serves a daily job; --format ics gives a calendar.
    """
    from ogpcase.reports.due import rows, tables, text

    days = _days_of(within)
    casefiles, reader = session.cases(case), session.reader
    due = rows.due_of(casefiles, reader, days, duties=duties)

    def calendar(due: rows.Due) -> str:
        from ogpcase.reports.due.tables import due_ics  # brings icalendar

        return due_ics(due, reader)

    listed = exit_code and (due.rows or (due.not_known and days is None))
    exits = EXIT_FAILED if listed else EXIT_DONE
    return Report(due, text.due_lines, tables.DUE, {"ics": calendar}, case, casefiles, exit_code=exits)


def _days_of(length: str | None) -> int | None:
    if length is None:
        return None
    found = re.fullmatch(r"([0-9]{1,5})([dw]?)", length)
    if found is None:
        raise Misused("--within takes a number of days or weeks, as 30d or 6w")
    return int(found[1]) * (7 if found[2] == "w" else 1)


@reads("markdown", "csv", "json", translated=True)
def run_findings(
    case: CaseArgument,
    full: Annotated[bool, Option("--full", help="Show every text, every name, and the evidence cited.")] = False,
    *,
    session: ReadSession,
) -> Report:
    """Each allegation of the Concern and its addenda, beside the replies to it and the findings on it: a line each.

    A word says of each whether a reply to it and a finding on it are recorded. No record does not mean that nothing was
    said.
    """
    from ogpcase.reports.findings import rows, tables, text

    casefile = session.case(case)
    findings = replace(rows.findings_of(casefile, session.reader), full=full)
    formats = {"markdown": tables.findings_markdown, "csv": tables.findings_csv}
    return Report(findings, text.findings_lines, tables.FINDINGS, formats, case, [casefile])


@reads("csv", "json", translated=True)
def run_doubts(
    case: CasesArgument = None,
    full: Annotated[bool, Option("--full", help="Show every doubt, with what each source says.")] = False,
    *,
    session: ReadSession,
) -> Report:
    """Where sources disagree, what is not known or not for sure, what no source gives, and what would settle each.

    Those on which the stage of the case hangs come first, then those about its steps; background comes last. A terminal
    shows the most important and counts the rest, a pipe shows all.
    """
    from ogpcase.reports.doubts import rows, tables, text

    casefiles = session.cases(case)
    doubts = [rows.doubts_of(casefile, session.reader)._replace(full=full) for casefile in casefiles]
    return Report(
        doubts, text.doubts_lines if case else text.all_doubts_lines, tables.DOUBTS, case=case, cases=casefiles
    )


@reads("csv", "json", translated=True)
def run_parties(
    case: CasesArgument = None,
    full: Annotated[bool, Option("--full", help="Show each id, all roles, and the names that papers print.")] = False,
    *,
    session: ReadSession,
) -> Report:
    """Each party with its roles: filer, sender, addressee, signatory, asked, answering and the rest.

    Those in most records come first, then by id; those in no record stand apart. A terminal counts the rest of a long
    list, a pipe names all. `ogpcase show PARTY` tells what one did.
    """
    from ogpcase.reports.parties import rows, tables, text

    casefiles, registry = session.cases(case), session.all_parties()
    parties = rows.parties_in(registry, casefiles, session.reader)._replace(full=full)
    return Report(parties, text.parties_lines, tables.PARTIES, case=case, cases=casefiles)


@reads("csv", "json", translated=True)
def run_sources(
    case: CasesArgument = None,
    full: Annotated[bool, Option("--full", help="Show each source whole, on as many lines as it needs.")] = False,
    *,
    session: ReadSession,
) -> Report:
    """Each source with its publisher, the days on which it was published and read, its kept copy, and how many records
    rest on it; those in files and those that events write out.

    `ogpcase show CASE/sources/ID` lists what rests on one, `ogpcase open CASE/sources/ID` opens it.
    """
    from ogpcase.reports.sources import rows, tables, text

    casefiles = session.cases(case)
    sources = [rows.sources_of(each, session.reader)._replace(full=full) for each in casefiles]
    return Report(sources, text.sources_lines, tables.SOURCES, case=case, cases=casefiles)


@reads("json", translated=True)
def run_search(
    text: Annotated[list[str], Argument(metavar="TEXT", help="The words; a record needs all of them.")],
    case: Annotated[str | None, Option(metavar="CASE", help="Only this case and its parties; else all cases.")] = None,
    *,
    session: ReadSession,
) -> Report:
    """Looks in all texts, names and ids of cases, events, sources and parties. Case and accents do not matter, and a
    part of a word will do.

    Without --lang it looks in every language. `ogpcase show REF` shows a record that was found.
    """
    from ogpcase.reports.search.rows import search, words_of
    from ogpcase.reports.search.tables import SEARCH
    from ogpcase.reports.search.text import search_lines

    words = words_of(text)
    if not words:
        raise Misused("there is no word to look for", "give one, as `ogpcase search resolution`")
    casefiles, registry = session.cases(case), session.all_parties()
    found = search(casefiles, registry, session.reader, words, all_parties=case is None)
    return Report(found, search_lines, SEARCH, case=case, cases=casefiles)


@reads("csv", "json", translated=True)
def run_stats(
    case: CasesArgument = None,
    table: Annotated[
        Literal["durations", "votes", "asks"] | None,
        Option(help="Which figures `--format csv` prints; else durations."),
    ] = None,
    *,
    session: ReadSession,
) -> Report:
    """Days from stage to stage, in each stage and in all; votes; and what came back from whom, in what time.

    What still goes on is told apart as "so far", and what nobody can know is counted apart. Where a date is not known
    to the day, a figure is given as the fewest and the most days that it can be.
    """
    from ogpcase.output.columns import table_csv
    from ogpcase.reports.stats import rows, tables, text

    if table is not None and session.form not in {"csv", FOR_SPREADSHEETS}:
        raise Misused("--table chooses the table of a CSV", "add --format csv; text and JSON have all the figures")
    casefiles = session.cases(case)
    stats = rows.stats_of(casefiles, session.reader, one=case is not None)
    formats = {"csv": lambda stats: table_csv(tables.table_of(stats, table or "durations"))}
    return Report(stats, text.stats_lines, tables.STATS, formats, case, casefiles)


@reads("json", "markdown", "mermaid", options=("form", "json", *ON_SCREEN))
def run_policy(
    procedure: Annotated[
        str | None,
        Argument(help="As procedural_review or response_policy-2014; by default the Response Policy of 2017."),
    ] = None,
) -> Report:
    """Prints the stages, the moves and who decides them, each with how well it is known."""
    from ogpcase.policy.procedures import default_procedure, procedure_named
    from ogpcase.reports.status import tables, text

    table = default_procedure() if procedure is None else procedure_named(_named(procedure))
    return Report(
        table, text.policy_lines, tables.POLICY, {"markdown": tables.policy_markdown, "mermaid": tables.policy_mermaid}
    )


def _named(word: str) -> str:
    """Returns the name of the table: the newest of a track, or the only one that begins so or has that version."""
    from ogpcase.diagnostics import did_you_mean
    from ogpcase.model.table_codes import table_names

    tables = table_names()
    known = [table.name for table in tables]
    if word in known:
        return word
    newest = [table.name for table in tables if table.track == word][-1:]
    fitting = newest or [table.name for table in tables if table.name.startswith(word) or table.version == word]
    if len(fitting) == 1:
        return fitting[0]
    hints = () if fitting else did_you_mean(word, known)
    what = "names several procedures" if fitting else "is no procedure"
    raise Misused(f"`{word}` {what}", *hints, f"procedures: {', '.join(fitting or known)}")


@reads(options=ON_SCREEN)
def run_explain(code: Annotated[str, Argument(help="A code, as OC301, or a check's name.")]) -> Report:
    """Says why the check matters, with a wrong and a right example, and when it reports nothing."""
    from ogpcase.diagnostics import did_you_mean
    from ogpcase.output.lines import Piece, Style, line
    from ogpcase.workspace.catalogue import RULES

    wanted = code.strip().casefold()
    rules = [check.rule for check in RULES]
    rule = next((rule for rule in rules if wanted in (rule.code.casefold(), rule.name)), None)
    if rule is None:
        codes = sorted(rule.code for rule in rules)
        near = did_you_mean(code.upper(), codes) or did_you_mean(wanted, (rule.name for rule in rules))
        hint = f"the codes are from {codes[0]} to {codes[-1]}; `ogpcase validate` prints that of each problem"
        raise BadInput(f"no check is called `{code}`", *(near or (hint,)))
    style: Style = "error" if rule.severity == "error" else "warning"
    head = line(Piece(f"{rule.severity}[{rule.code}] ", style), Piece(rule.name, "title"))
    return Report(rule, lambda check, _: [head, line(), *map(line, cleandoc(check.page).splitlines())])


@reads("markdown", "json", options=("as_of", "lang", "form", "json", "public", "working", "root", *ON_SCREEN))
def run_diff(
    revisions: Annotated[
        str | None,
        Argument(
            metavar="BASE[..HEAD]",
            help="Compare BASE (else HEAD) with the working tree or HEAD; BASE...HEAD begins where the two parted.",
        ),
    ] = None,
    *,
    session: ReadSession,
) -> Report:
    """Cases that moved, events added, amended, renamed or withdrawn, asks made and answered, problems new and mended.

    Exits 1 only for errors that the change brings.
    """
    from ogpcase.reports.changes import tables, text
    from ogpcase.reports.changes.markdown import difference_markdown, links_of
    from ogpcase.reports.changes.versions import told
    from ogpcase.store.git import Revisions
    from ogpcase.workspace.comparing import compared

    both = compared(opened(session.root), Revisions.parse(revisions))
    formats = {}
    if session.form == "markdown":
        formats["markdown"] = partial(difference_markdown, links=links_of(both))
        for version in (both.before, both.after):
            refuse_unsaid(session, version, version.casefiles.values())
    if session.public:
        both = both.with_versions(*published_both(both.before_as_shown(), both.after, both.base[:7]))
    difference = told(both, session.reader, session.note)
    exit_code = EXIT_FAILED if difference.problems.new.failed else EXIT_DONE
    return Report(difference, text.difference_lines, tables.DIFFERENCE, formats, exit_code=exit_code, day_last=True)

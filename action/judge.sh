#!/usr/bin/env bash
# Judges a case folder with the given ogpcase, then says what has changed in it since a base revision.
#
# OGPCASE_ROOT   the case folder or its parent (default: the current folder)
# OGPCASE_BASE   the revision that the change is meant for; without one nothing is compared
# GITHUB_STEP_SUMMARY   where the comparison goes as Markdown (default: standard output)
#
# Fails when the change brings an error, or, without a base, when the folder has one. Needs only to read.
set -uo pipefail

ogpcase=${1:?usage: judge.sh PATH-TO-OGPCASE}
root=${OGPCASE_ROOT:-.}
base=${OGPCASE_BASE:-}
summary=${GITHUB_STEP_SUMMARY:-/dev/stdout}

"$ogpcase" validate --root "$root" ${base:+--since "$base"}
judged=$?

if [ -n "$base" ]; then
  # As the public copy has it: the page of a run may be read by others. Where no copy can be made it says so there,
  # and the reasons are in the log.
  refused=$(mktemp)
  "$ogpcase" diff "$base..." --root "$root" --format markdown --public >>"$summary" 2>"$refused"
  compared=$?
  cat "$refused" >&2
  grep '^refused: ' "$refused" >>"$summary"
  rm -f "$refused"
  # 1 says that the change brings errors, which the verdict above has shown; more than that is a run that could not go on.
  if [ "$compared" -gt 1 ]; then
    exit "$compared"
  fi
fi
exit "$judged"

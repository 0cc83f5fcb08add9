#!/usr/bin/env bash
# usage: test.sh [swift test's options, such as --filter NAME]
# Runs the built tests, then those of the package traits; names every skipped test, and ends with the runner's own summary.
# With options only the tests of the default build run.
source "$(dirname "$0")/common.sh"

export LAB_CLIENTS_PYTHON="$PWD/.venv-clients/bin/python"
export LAB_PACKAGE="$PWD"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

status=0
swift test "${BUILD_FLAGS[@]}" --skip-build --disable-xctest "$@" 2>&1 | tee "$log" |
    sed -u -E '/^[^ ]+ (Test|Suite) .*(started\.|passed after [0-9.]+ seconds\.)$/d; /^◇ Test case passing/,/started\.$/d' ||
    status=$?

if [ $# -eq 0 ]; then
    traits=0
    scripts/test-traits.sh || traits=$?
    [ "$status" -ne 0 ] || status=$traits
fi

skipped=$(grep -E '^[^ ]+ (Test|Suite) .* skipped' "$log" || true)
if [ -n "$skipped" ]; then
    say ""
    say "SKIPPED $(printf '%s\n' "$skipped" | wc -l) tests or suites; nothing is known about them:"
    printf '%s\n' "$skipped"
fi
summary=$(grep -E 'Test run with [0-9]+ tests?' "$log" | grep -v started | tail -n 1 || true)
[ -n "$summary" ] || fail "test" "the runner printed no summary" "read its output above; was it killed?"
say ""
say "$summary"
exit "$status"

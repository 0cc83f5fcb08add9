#!/usr/bin/env bash
# Builds the modules that package traits change, with all traits, in a build folder of its own, and runs their tests.
source "$(dirname "$0")/common.sh"

# What has `#if TRAIT` in it, and what that imports; nothing else is built a second time.
export LAB_ONLY=Numerics
readonly SCRATCH=.build-traits
flags=("${COMMON_FLAGS[@]}" --traits OneDNN --scratch-path "$SCRATCH")

say ""
say "traits: OneDNN"
step "build with all traits" "read the compiler's messages above; 'make clean' starts anew" \
    swift build "${flags[@]}" --build-tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! swift test "${flags[@]}" --skip-build --disable-xctest >"$log" 2>&1; then
    grep -vE '^[^ ]+ (Test|Suite) .*(started\.|passed after [0-9.]+ seconds\.)$|^◇ Test case passing' "$log" || true
    fail "tests with all traits" "see above" "run scripts/test-traits.sh alone; is libdnnl-dev 2.6 or later installed?"
fi
grep -E 'Test run with [0-9]+ tests?' "$log" | grep -v started | tail -n 1 | sed 's/$/ (with all traits)/'

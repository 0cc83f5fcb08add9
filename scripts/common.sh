# Sourced by the other scripts: messages, and the one place where the build's flags are written.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One build folder and one set of flags for run, test and bench, so that nothing is compiled twice. Tests see internal
# declarations in release (`-enable-testing`); an import that Package.swift does not declare is an error.
readonly COMMON_FLAGS=(-c release -Xswiftc -enable-testing --explicit-target-dependency-import-check error)
# Package traits of the build, such as OneDNN; none by default. Changing them compiles what depends on them anew.
readonly TRAITS="${TRAITS:-}"
readonly BUILD_FLAGS=("${COMMON_FLAGS[@]}" ${TRAITS:+--traits "$TRAITS"})

# The workspace of `make run`, outside version control.
export LAB_WORKSPACE="${LAB_WORKSPACE:-$PWD/workspace}"
# Pulled data lies in the checkout, where every workspace and every test finds it.
export LAB_DATA="${LAB_DATA:-$PWD/.lab/data}"
readonly LABCTL="$PWD/.build/release/labctl"

say() { printf '%s\n' "$*"; }

# fail STEP REASON REMEDY: says which step failed, why, and what to do, and ends.
fail() {
    printf 'error: %s: %s\nhint: %s\n' "$1" "$2" "$3" >&2
    exit 1
}

# step NAME REMEDY COMMAND…: runs the command; a failure names the step and the remedy.
step() {
    local name=$1 remedy=$2 status=0
    shift 2
    "$@" || status=$?
    if [ "$status" -ne 0 ]; then
        printf 'error: %s failed (status %d): %s\nhint: %s\n' "$name" "$status" "$*" "$remedy" >&2
        exit "$status"
    fi
}

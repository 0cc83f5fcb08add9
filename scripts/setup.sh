#!/usr/bin/env bash
# usage: setup.sh [TRAIT,…]
# Installs what the build needs, with these package traits (default: $TRAITS; "all" for every one), and only what is missing;
# where nothing is missing it does and prints nothing.
source "$(dirname "$0")/common.sh"

readonly LISTS=packages/debian*.txt
readonly WANTED=${1:-$TRAITS}

command -v swift >/dev/null || fail "setup" "no 'swift' in PATH" \
    "install Swift 6.3 or later for Debian 12 from swift.org and put its usr/bin into PATH"
version=$(swift --version 2>&1 | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9]+\.[0-9]+' | head -n 1 || true)
[ -n "$version" ] || fail "setup" "'swift --version' does not tell its version" "run it by hand and mend the toolchain"
if [ "${version%%.*}" -lt 6 ] || { [ "${version%%.*}" -eq 6 ] && [ "${version#*.}" -lt 3 ]; }; then
    fail "setup" "Swift $version is too old" "install Swift 6.3 or later from swift.org"
fi
case "$(uname -sm)" in
"Linux x86_64") ;;
*) fail "setup" "$(uname -sm) is not supported" "use Linux on x86-64 with AVX2" ;;
esac
grep -qw avx2 /proc/cpuinfo || fail "setup" "this processor has no AVX2" "use a processor of x86-64-v3 (2013 or later)"

# needed: the packages of the default build, then those of the wanted traits.
needed() {
    grep -vE '^\s*(#|$)' packages/debian.txt
    local trait package
    while read -r trait package; do
        case ",$WANTED," in *",$trait,"* | ,all,) printf '%s\n' "$package" ;; esac
    done < <(grep -vE '^\s*(#|$)' packages/debian-traits.txt)
}

missing=()
while read -r package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
done < <(needed)
[ "${#missing[@]}" -gt 0 ] || exit 0

say "setup: installing ${missing[*]}"
command -v apt-get >/dev/null || fail "setup" "no apt-get, and missing: ${missing[*]}" \
    "install the counterparts of $LISTS with this system's package manager"
root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "setup" "not root, no sudo, and missing: ${missing[*]}" \
        "run as root: apt-get install ${missing[*]}"
    root=(sudo)
fi
step "setup: apt-get update" "check the network and the package sources under /etc/apt" \
    "${root[@]}" apt-get update -qq
step "setup: apt-get install" "run the command by hand and read what it says" \
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"

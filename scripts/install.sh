#!/usr/bin/env bash
# usage: install.sh PREFIX [LABCTL]
# Lays labctl (stripped), the dataset manifests and the shell completions under PREFIX.
source "$(dirname "$0")/common.sh"

prefix=${1:?usage: install.sh PREFIX [LABCTL]}
binary=${2:-$LABCTL}
[ -x "$binary" ] || fail "install" "no $binary" "run make build"
mkdir -p "$prefix" 2>/dev/null && [ -w "$prefix" ] || fail "install" "$prefix cannot be written" \
    "choose another folder: make install PREFIX=\$HOME/.local, or run as root"

install -D -m 755 "$binary" "$prefix/bin/labctl"
strip "$prefix/bin/labctl"

rm -rf "$prefix/share/lab/datasets"
mkdir -p "$prefix/share/lab"
cp -R datasets "$prefix/share/lab/datasets"
install -D -m 644 LICENSE "$prefix/share/doc/lab/LICENSE"
install -D -m 644 CHANGELOG.md "$prefix/share/doc/lab/CHANGELOG.md"

completion() { # SHELL FILE
    mkdir -p "$(dirname "$prefix/$2")"
    step "install: completions for $1" "run labctl --generate-completion-script $1 by hand" \
        "$prefix/bin/labctl" --generate-completion-script "$1" >"$prefix/$2"
}
completion bash share/bash-completion/completions/labctl
completion zsh share/zsh/site-functions/_labctl
completion fish share/fish/vendor_completions.d/labctl.fish
say "installed: $prefix/bin/labctl, $prefix/share/lab/datasets, completions for bash, zsh and fish"

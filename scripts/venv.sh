#!/usr/bin/env bash
# usage: venv.sh NAME    Makes .venv-NAME from requirements/NAME.txt; does nothing while that list is unchanged.
source "$(dirname "$0")/common.sh"

name=${1:?usage: venv.sh NAME}
list=requirements/$name.txt
folder=.venv-$name
[ -f "$list" ] || fail "venv $name" "no $list" "name one of: $(cd requirements && ls | sed 's/\.txt//' | tr '\n' ' ')"
digest=$(sha256sum "$list" | cut -d ' ' -f 1)
if [ -x "$folder/bin/python" ] && [ "$(cat "$folder/.made-from" 2>/dev/null)" = "$digest" ]; then exit 0; fi

say "setup: $folder from $list"
rm -rf "$folder"
step "venv $name" "install python3-venv (make setup)" python3 -m venv "$folder"
# PyTorch without CUDA, where the package index offers that build: the other one is gigabytes larger.
torch=$(grep -oE '^torch==[0-9.]+' "$list" || true)
if [ -n "$torch" ]; then
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$torch+cpu" 2>/dev/null ||
        say "setup: no CPU build of $torch in this index; taking the usual one"
fi
step "venv $name: pip" "check the network; the versions stand in $list" \
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check -r "$list"
printf '%s\n' "$digest" >"$folder/.made-from"

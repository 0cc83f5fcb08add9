#!/usr/bin/env bash
# usage: run.sh [labctl loop's options]    Pulls the main data set and runs the whole loop in $LAB_WORKSPACE.
source "$(dirname "$0")/common.sh"

step "run: data" "read the message above; a mirror folder can be named in LAB_MIRROR" \
    "$LABCTL" data pull --main --workspace "$LAB_WORKSPACE"
exec "$LABCTL" loop --workspace "$LAB_WORKSPACE" "$@"

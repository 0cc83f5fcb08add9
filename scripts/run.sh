#!/usr/bin/env bash
# usage: run.sh [labctl loop's options]    Runs the whole loop in $LAB_WORKSPACE.
source "$(dirname "$0")/common.sh"

exec "$LABCTL" loop --workspace "$LAB_WORKSPACE" "$@"

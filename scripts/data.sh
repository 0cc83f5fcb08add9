#!/usr/bin/env bash
# usage: data.sh [DATASET…]
# Pulls the main datasets and those named, each file checked against its pinned digest; what is here already is only verified.
source "$(dirname "$0")/common.sh"

step "data" "read the message above; LAB_MIRROR can name a folder with mirrored datasets" \
    "$LABCTL" data pull --main --workspace "$LAB_WORKSPACE"
if [ $# -gt 0 ]; then
    step "data: $*" "read the message above" "$LABCTL" data pull "$@" --workspace "$LAB_WORKSPACE"
fi

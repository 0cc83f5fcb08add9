#!/usr/bin/env bash
# Pulls the main datasets, each file checked against its pinned digest; what is here already is only verified.
source "$(dirname "$0")/common.sh"

step "data" "read the message above; LAB_MIRROR can name a folder with mirrored datasets" \
    "$LABCTL" data pull --main --workspace "$LAB_WORKSPACE"

#!/usr/bin/env bash
# usage: skeleton.sh   Writes a package of a user's own with labctl, builds it in full, and runs its tests and experiment.
source "$(dirname "$0")/common.sh"

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
step "skeleton" "build labctl first with 'make build'" "$LABCTL" new experiment mine/coin --path "$place" --lab "$PWD"
step "skeleton's tests" "read the compiler's messages above" swift test --package-path "$place/coin"
step "skeleton's run" "read the message above" swift run --package-path "$place/coin" coin \
    train mine/coin --workspace "$place/work"

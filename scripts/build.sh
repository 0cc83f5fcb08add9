#!/usr/bin/env bash
# usage: build.sh labctl|tests    Builds labctl, or labctl and every test, in release with the same flags.
source "$(dirname "$0")/common.sh"

case "${1:-labctl}" in
labctl) what=(--product labctl) ;;
tests) what=(--build-tests) ;;
*) fail "build" "unknown part '$1'" "say labctl or tests" ;;
esac
step "build" "read the compiler's messages above; 'make clean' starts anew" swift build "${BUILD_FLAGS[@]}" "${what[@]}"

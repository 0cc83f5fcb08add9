#!/usr/bin/env bash
# Formatting, the module graph, the sizes of files, forbidden constructs, and the scripts' own syntax.
source "$(dirname "$0")/common.sh"

step "lint: swift format" "run: swift format -i -r --parallel Sources Tests Package.swift" \
    swift format lint --strict -r --parallel Sources Tests Package.swift
step "lint: modules" "declare the import in Package.swift if ARCHITECTURE.md allows it, or remove it" \
    python3 scripts/check-modules.py
step "lint: sources" "see each line above" python3 scripts/check-sources.py
for script in scripts/*.sh .ci/run; do
    step "lint: $script" "mend its syntax" bash -n "$script"
done
for script in scripts/*.py Benchmarks/*/*.py; do
    step "lint: $script" "mend its syntax" python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' "$script"
done
say "lint: clean"

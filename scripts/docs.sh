#!/usr/bin/env bash
# Makes the documentation of every module under .build-docs/doc: one DocC archive each. A warning is shown, an error ends.
source "$(dirname "$0")/common.sh"

readonly OUTPUT=.build-docs/doc
mkdir -p "$OUTPUT"
for folder in Sources/Lab/*/; do
    module=Lab$(basename "$folder")
    [ "$module" = LabNative ] && continue
    say "docs: $module"
    step "docs: $module" "read DocC's messages above" \
        swift package --scratch-path .build-docs --allow-writing-to-directory "$OUTPUT" \
        generate-documentation --target "$module" --output-path "$OUTPUT/$module.doccarchive" \
        --transform-for-static-hosting --hosting-base-path "$module"
done
say "docs: $OUTPUT"

#!/usr/bin/env bash
# Makes dist/lab-VERSION-linux-x86_64.tar.gz: labctl with a static Swift runtime, which needs of what a system does not
# always have only libsqlite3, libopenblas and libhdf5; then unpacks it elsewhere and lets `labctl doctor` judge it.
source "$(dirname "$0")/common.sh"

version=$(grep -m 1 -oE '^version: .+' CITATION.cff | cut -d ' ' -f 2)
[ -n "$version" ] || fail "dist" "no version in CITATION.cff" "add a line 'version: X.Y.Z'"
name=lab-$version-linux-x86_64

step "dist: build" "read the compiler's messages above" \
    swift build -c release --product labctl --static-swift-stdlib --scratch-path .build-dist
rm -rf "dist/$name"
scripts/install.sh "dist/$name" .build-dist/release/labctl
# Owner, order and times are fixed, so that equal contents give an equal tarball.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2000-01-01 00:00Z' -C dist -cf - "$name" |
    gzip -n -9 >"dist/$name.tar.gz"

elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
tar -xzf "dist/$name.tar.gz" -C "$elsewhere"
libraries=$(ldd "$elsewhere/$name/bin/labctl")
if grep -qE 'not found|libswift|libFoundation' <<<"$libraries"; then
    printf '%s\n' "$libraries" >&2
    fail "dist" "the binary needs a Swift runtime or a missing library" "see the list above"
fi
say "needs: $(grep -oE 'lib(sqlite3|openblas|hdf5[a-z_]*|curl|xml2)[^ ]*' <<<"$libraries" | sort -u | tr '\n' ' ')"
(cd "$elsewhere" && step "dist: doctor" "run labctl doctor from the unpacked tarball" \
    env -u LAB_WORKSPACE -u LAB_DATA LAB_HOME="$elsewhere/home" "$elsewhere/$name/bin/labctl" doctor --workspace "$elsewhere/workspace" --native)
say "dist/$name.tar.gz ($(du -h "dist/$name.tar.gz" | cut -f 1))"

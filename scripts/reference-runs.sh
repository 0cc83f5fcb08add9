#!/usr/bin/env bash
# Records anew what the repository keeps of its own runs: `runs/`, the short form of every experiment on `lab-posts`,
# which holds no real person's text; then the outputs of the notebooks, which are bound to runs of the same code.
source "$(dirname "$0")/common.sh"

[ -x "$LABCTL" ] || fail "reference runs" "no $LABCTL" "run make build"
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
# A home of its own: no user's key signs what is committed. The bundle itself is a copy of what its run holds.
export LAB_HOME="$place/home"
step "reference runs" "read the message above" \
    "$LABCTL" loop --smoke --workspace "$place/workspace" --quiet >/dev/null
# It reads runs of the loop and is no stage of it.
step "reference runs: harness" "read the message above" \
    "$LABCTL" train harness/kills --smoke --workspace "$place/workspace" --quiet >/dev/null
for experiment in language/emotion language/sentiment language/identification simulation/emoseq safeguards/exploitable policy/dqn policy/nfq policy/bcq policy/iql policy/bc \
    policy/comparison policy/online reproductions/cartpole; do
    step "reference runs: $experiment" "read the message above" \
        "$LABCTL" train "$experiment" --smoke --workspace "$place/workspace" --quiet >/dev/null
done
# They read what the loop learned.
for experiment in policy/onnx policy/explanation; do
    step "reference runs: $experiment" "read the message above" \
        "$LABCTL" train "$experiment" --smoke --input policy=policy/cql/1 --input journeys=profiles/journeys/1 \
        --workspace "$place/workspace" --quiet >/dev/null
done
# A sealed run is never changed, so the old ones give way as a whole.
rm -rf runs
cp -R "$place/workspace/runs" runs
step "reference runs: reproduce" "a stage does not give the same twice: that is a defect" \
    "$LABCTL" reproduce --all --workspace "$PWD" --quiet
for notebook in notebooks-md/*.md; do
    step "reference runs: $notebook" "read the message above; its cells stand in the file" \
        "$LABCTL" notebook run "$notebook" --quiet
done
large=$(find runs -type f -size +999k)
[ -z "$large" ] || fail "reference runs" "larger than 1 MB: $large" "make the smoke configuration of that experiment smaller"
say "runs: $(du -sh --apparent-size runs | cut -f 1) in $(find runs -type f | wc -l) files; commit runs/ and notebooks-md/"

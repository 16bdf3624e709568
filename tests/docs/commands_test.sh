#!/usr/bin/env bash
# Checks the shell commands of README.md and docs/: they must parse, and the scripts and presets they name must exist.
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

failed=0
fail() {
  echo "$page: $*"
  failed=1
}

for page in README.md docs/*.md; do
  commands=$(awk '/^ *```sh *$/ { inside = 1; next } /^ *```/ { inside = 0 } inside' "$page")
  [[ -n $commands ]] || continue
  bash -n <<<"$commands" || fail "a shell block does not parse"
  for file in $(grep -oE '(^|[ /])(framework|ops|models|tests|docs|cmake|\.ci)/[A-Za-z0-9_./-]+' <<<"$commands"); do
    [[ -e ${file#/} ]] || fail "a shell block names $file, which does not exist"
  done
  for preset in $(grep -oE -- '--preset[ =][a-z]+' <<<"$commands" | cut -c10-); do
    grep -q "\"name\": \"$preset\"" CMakePresets.json || fail "a shell block names the preset $preset, which does not exist"
  done
done
[[ $failed -eq 0 ]]

#!/usr/bin/env bash
# The operators of docs/adding_an_op.md stay as short as the page promises, includes and registration counted.
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -v folder="$work" -f "$here/extract.awk" "$here/../../docs/adding_an_op.md"

failed=0
at_most() {
  local lines
  lines=$(grep -c '[^[:space:]]' "$work/project/$2")
  echo "$2: $lines lines"
  [[ $lines -le $1 ]] || failed=1
}
at_most 15 bent_identity.cpp
at_most 30 running_mean.cpp
[[ $failed -eq 0 ]]

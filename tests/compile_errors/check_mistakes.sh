#!/usr/bin/env bash
# Holds what the compiler says of mistakes: each in mistakes.cpp, compiled by itself, is refused with its sentence, in
# fewer than 20 lines (26 of clang, which shows more of the source); and without any of them the file compiles.
#   bash tests/compile_errors/check_mistakes.sh FILE COMPILER [FLAG ...]
set -euo pipefail
file=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The head, and one file for each mistake.
awk -v folder="$folder" '
  /^\/\/ mistake: / { ++count; print substr($0, 13) > (folder "/" count ".sentence"); next }
  { print > (folder "/" (count ? count : "head") ".cpp") }' "$file"

# The head is compiled once, for all.
"$@" -x c++-header "$folder/head.cpp" -o "$folder/head.hpp.gch"
: > "$folder/head.hpp"

fewer_than=20
if "$1" --version | grep --quiet clang; then fewer_than=26; fi
failures=0
number=0
while [[ -f $folder/$((number + 1)).sentence ]]; do
  number=$((number + 1))
  sentence=$(<"$folder/$number.sentence")
  if "$@" -S -o /dev/null -include "$folder/head.hpp" -x c++ "$folder/$number.cpp" >"$folder/said" 2>&1; then
    echo "mistake $number compiles; expected: $sentence"
  elif ! grep -qF -- "$sentence" "$folder/said"; then
    echo "mistake $number: expected '$sentence', but the compiler says:"
    head -n 40 "$folder/said"
  elif [[ $(wc -l <"$folder/said") -ge $fewer_than ]]; then
    echo "mistake $number: its sentence stands among $(wc -l <"$folder/said") lines; expected fewer than $fewer_than"
    cat "$folder/said"
  else
    continue
  fi
  failures=$((failures + 1))
done
[[ $number -gt 0 ]] || { echo "no mistakes in $file" && exit 1; }
echo "$number mistakes, $failures not as they should be"
[[ $failures -eq 0 ]]

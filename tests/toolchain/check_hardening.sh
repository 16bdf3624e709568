#!/usr/bin/env bash
# Reads the xgrad library or a program as it was built: what it shows, how it is guarded, and what it says of the machine
# that built it.
#   bash tests/toolchain/check_hardening.sh FILE FOLDER...
# FOLDER: names that must not be found in the file.
set -uo pipefail
file=$1
failed=0
require() {
  local what=$1
  shift
  "$@" && return
  echo "$file: $what"
  failed=1
}
contains() { grep --quiet --extended-regexp "$1" <<<"$2"; }

dynamic=$(readelf --wide --dynamic "$file")
segments=$(readelf --wide --segments "$file")
symbols=$(nm --dynamic --demangle "$file")
require "its tables are not read-only (no GNU_RELRO)" contains GNU_RELRO "$segments"
require "its functions are not all bound before it starts (no BIND_NOW)" contains 'BIND_NOW|FLAGS.*NOW' "$dynamic"
require "its stack can be executed" contains 'GNU_STACK.* RW ' "$segments"
require "its stack is not guarded (no __stack_chk_fail)" contains __stack_chk_fail "$symbols"
require "sizes are not checked in functions of the C library (no _chk function)" contains '__[a-z]+_chk' "$symbols"
if [[ $(readelf --file-header "$file") == *X86-64* ]]; then
  require "calls and returns are not guarded (no SHSTK)" contains SHSTK "$(readelf --wide --notes "$file")"
fi

if [[ $file == *.so* ]]; then
  others=$(nm --dynamic --demangle --defined-only "$file" | cut --delimiter=' ' --fields=3- |
    grep --invert-match --extended-regexp \
      '^((typeinfo|typeinfo name|vtable|VTT) for |(non-virtual|virtual) thunk to |(void|bool|long|float|double) )?xgrad::')
  require "it shows names that are not of xgrad, such as: $(head -3 <<<"$others")" test -z "$others"
fi

for folder in "${@:2}"; do
  if LC_ALL=C grep --quiet --text --fixed-strings "$folder/" "$file"; then
    echo "$file: it names the folder $folder: $(LC_ALL=C grep --only-matching --text --extended-regexp "$folder/[[:print:]]*" "$file" | head -1)"
    failed=1
  fi
done
exit "$failed"

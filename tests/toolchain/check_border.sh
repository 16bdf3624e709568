#!/usr/bin/env bash
# Fails when the shared library shows a name that mentions a type of xtensor or xsimd: their layout follows the flags of
# whoever compiles, so that a program with other flags would read them wrongly.
#   bash tests/toolchain/check_border.sh LIBRARY
set -euo pipefail
names=$(nm --dynamic --demangle --defined-only "$1" | cut --delimiter=' ' --fields=3-)
[[ $(wc -l <<<"$names") -gt 1000 ]] || { echo "$1 shows hardly any names: is it the library?" && exit 1; }
others=$(grep --extended-regexp '\b(xt|xtl|xsimd)::' <<<"$names" || true)
[[ -z $others ]] && exit 0
echo "These names of $1 mention types of xtensor:"
echo "$others"
echo "Pass an Array, an ArrayRef or a Shape instead, and convert in an inline function of the header."
exit 1

#!/usr/bin/env bash
# Installs what is missing, builds xgrad and runs all its tests.
#   bash tests/run.sh [--preset release|debug|asan|tsan] [-DNAME=VALUE ...] [options of ctest, such as -R layout]
# With another compiler than c++: -DCMAKE_CXX_COMPILER=clang++-16.
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=release
definitions=()
ctest_options=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --preset) preset=${2:?"--preset needs a name"} && shift ;;
    --preset=*) preset=${1#*=} ;;
    -D?*) definitions+=("$1") ;;
    *) ctest_options+=("$1") ;;
  esac
  shift
done

source cmake/packages.sh
install_packages build tests
export CMAKE_GENERATOR="${CMAKE_GENERATOR:-Ninja}"

configure() { cmake --preset "$preset" "${definitions[@]}"; }
configure
# Where the last compiler was another, CMake has started anew and forgotten everything else it was told.
[[ ${definitions[*]} != *CMAKE_CXX_COMPILER=* ]] || configure >/dev/null
cmake --build --preset "$preset" --parallel "$(nproc)"
ctest --preset "$preset" --parallel "$(nproc)" "${ctest_options[@]}"

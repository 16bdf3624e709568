#!/usr/bin/env bash
# Configures a project that adds xgrad to itself, and compiles its own program. It is linked with the library of a build, for
# the project would compile the same once more.
#   bash tests/project/check_fetched.sh BUILD_FOLDER LIBRARY
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$source_folder/tests/project/build_settings.sh"
build=$1
library=$2
work=$build/fetched
compiler=$(setting CMAKE_CXX_COMPILER "$build")

rm -rf "$work"
cmake -S "$source_folder/tests/project/fetched" -B "$work" -DXGRAD_FOLDER="$source_folder" -G "Unix Makefiles" \
  -DCMAKE_CXX_COMPILER="$compiler" -DXGRAD_NATIVE="$(setting XGRAD_NATIVE "$build")" \
  -DXGRAD_ARCH="$(setting XGRAD_ARCH "$build")" -DXGRAD_SANITIZE="$(setting XGRAD_SANITIZE "$build")" >/dev/null
make --no-print-directory -C "$work" -f CMakeFiles/fetched.dir/build.make CMakeFiles/fetched.dir/main.cpp.o
sanitizer=$(setting XGRAD_SANITIZE "$build")
"$compiler" ${sanitizer:+-fsanitize=$sanitizer} "$work/CMakeFiles/fetched.dir/main.cpp.o" "$library" \
  -Wl,-rpath,"$(dirname "$library")" -o "$work/program"
"$work/program"

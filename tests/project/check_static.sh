#!/usr/bin/env bash
# Installs a static library made of the objects of a build, for they need not be compiled again, with the package files of a
# static build, and links a program with it. It must have the operators that the shared library has, though it refers to none.
#   bash tests/project/check_static.sh BUILD_FOLDER LIST_OF_OBJECTS SHARED_LIBRARY
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$source_folder/tests/project/build_settings.sh"
build=$1
objects=$2
shared=$3
work=$build/static
compiler=$(setting CMAKE_CXX_COMPILER "$build")

same=()
for name in CMAKE_BUILD_TYPE CMAKE_CXX_COMPILER XGRAD_NATIVE XGRAD_ARCH XGRAD_GEMM XGRAD_CONVOLUTION XGRAD_SANITIZE; do
  same+=("-D$name=$(setting $name "$build")")
done
generator=$(setting CMAKE_GENERATOR "$build")
rm -rf "$work"
cmake -S "$source_folder" -B "$work/build" -G "$generator" "${same[@]}" -DBUILD_SHARED_LIBS=OFF -DXGRAD_BUILD_TESTS=OFF \
  -DXGRAD_BUILD_MODELS=OFF -DXGRAD_BUILD_BENCHMARKS=OFF >/dev/null
grep '\.o$' "$objects" | xargs ar rcs "$work/build/libxgrad.a"  # not the precompiled header
cmake --install "$work/build" --prefix "$work/prefix" >/dev/null

cmake -S "$source_folder/tests/project/static" -B "$work/program" -G "$generator" -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_CXX_COMPILER="$compiler" >/dev/null
cmake --build "$work/program"
rm -r "$work/build"

sanitizer=$(setting XGRAD_SANITIZE "$build")
"$compiler" ${sanitizer:+-fsanitize=$sanitizer} "$work/program/CMakeFiles/static.dir/main.cpp.o" "$shared" \
  -Wl,-rpath,"$(dirname "$shared")" -o "$work/shared"
"$work/shared" >"$work/expected"
"$work/program/static" >"$work/operators"
[[ $(wc -l <"$work/expected") -gt 100 ]] || fail "The shared library has hardly any operators."
diff "$work/expected" "$work/operators" || fail "The static library has not the operators of the shared one."

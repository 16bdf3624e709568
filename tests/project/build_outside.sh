#!/usr/bin/env bash
# Installs a build of xgrad into a folder of its own, then builds and runs outside projects that know only that folder.
#   bash tests/project/build_outside.sh BUILD_FOLDER PROJECT_FOLDER...
# Each project's program has the name of the project, and must exit with 0.
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$1
work=$build/outside
prefix=$work/prefix

source "$source_folder/tests/project/build_settings.sh"

rm -rf "$work"
cmake --install "$build" --prefix "$prefix" >/dev/null
if grep --recursive --fixed-strings --regexp="$build" --regexp="$source_folder" "$prefix/include" "$prefix"/lib*/cmake; then
  echo "The lines above name the folder that xgrad was built in or from; no installed file may."
  exit 1
fi

for project in "${@:2}"; do
  folder=$work/$(cksum <<<"$project" | cut -d' ' -f1)
  cmake -S "$project" -B "$folder" -G "$(setting CMAKE_GENERATOR "$build")" \
    -DCMAKE_BUILD_TYPE="$(setting CMAKE_BUILD_TYPE "$build")" -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_CXX_COMPILER="$(setting CMAKE_CXX_COMPILER "$build")"
  cmake --build "$folder"
  "$folder/$(setting CMAKE_PROJECT_NAME "$folder")"
done

#!/usr/bin/env bash
# Installs both components of a build, each by itself, and builds a program with what pkg-config says of them.
#   bash tests/project/check_components.sh BUILD_FOLDER
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$source_folder/tests/project/build_settings.sh"
build=$1
work=$build/components

install_to() { cmake --install "$build" --prefix "$work/$1" "${@:2}" >/dev/null; }
files() { (cd "$work/$1" && find . ! -type d | sort); }

rm -rf "$work"
install_to whole
install_to runtime --component runtime
install_to development --component development
[[ $(files whole) == "$({ files runtime; files development; } | sort)" ]] ||
  fail "The two components are not what is installed without a component."
others=$(files runtime | grep --invert-match --extended-regexp '/libxgrad\.so\.[0-9.]+$|/LICENSE$' || true)
[[ -z $others ]] || fail "The component runtime has more than a library that programs run with: $others"
others=$(files development | grep --extended-regexp '\.so\.' || true)
[[ -z $others ]] || fail "The component development repeats the library: $others"

# Another name, because the files of a package must not say where it was installed.
mv "$work/whole" "$work/moved"
PKG_CONFIG_PATH=$(dirname "$(find "$work/moved" -name xgrad.pc)")
export PKG_CONFIG_PATH
read -ra flags <<<"$(pkg-config --cflags --libs xgrad)"
[[ $(pkg-config --modversion xgrad) == "$(setting CMAKE_PROJECT_VERSION "$build")" ]] || fail "pkg-config: wrong version"
"$(setting CMAKE_CXX_COMPILER "$build")" "$source_folder/tests/project/main.cpp" -o "$work/program" "${flags[@]}"
LD_LIBRARY_PATH=$(pkg-config --variable=libdir xgrad) "$work/program"

#!/usr/bin/env bash
# Trains the MNIST model from nothing: installs what is missing, builds the program, fetches the data and runs.
#   bash models/mnist/run.sh [options of the program; --help lists them]
# The data is looked for in --data DIR, $XGRAD_DATA_DIR/mnist and the user's cache folder, and downloaded into the last
# when it is in none of them. Without a network the program makes synthetic digits, and says so.
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
build=$root/build/release

needs_data() {
  local argument
  for argument in "$@"; do
    [[ $argument != --data && $argument != --data=* && $argument != --help && $argument != -h ]] || return 1
  done
  [[ ! -d ${XGRAD_DATA_DIR:+$XGRAD_DATA_DIR/mnist} ]]
}

{  # The standard output belongs to the program.
  source "$root/cmake/packages.sh"
  install_packages build
  if [[ ! -f $build/build.ninja && ! -f $build/Makefile ]]; then
    CMAKE_GENERATOR="${CMAKE_GENERATOR:-Ninja}" cmake -S "$root" --preset release -DXGRAD_BUILD_TESTS=OFF
  fi
  cmake --build "$build" --target mnist --parallel "$(nproc)"
  if needs_data "$@"; then
    command -v curl wget >/dev/null || (install_packages download) || true
    bash "$here/download.sh" "${XDG_CACHE_HOME:-$HOME/.cache}/xgrad/mnist" ||
      echo "MNIST could not be downloaded: going on with synthetic digits."
  fi
} >&2

exec "$build/mnist" "$@"

#!/usr/bin/env bash
# Builds the benchmarks and prints how xgrad compares, as a table; see docs/performance.md.
#   bash tests/benchmarks/compare.sh [--with-libtorch] [--rounds N] [--threads 1,2] [--only PATTERN] [--json FILE] [--quick]
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
called_from=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source cmake/packages.sh

groups=(build benchmarks)
arguments=()
for argument in "$@"; do
  if [[ $argument == --with-libtorch ]]; then
    groups+=(libtorch)
  else
    arguments+=("$argument")
  fi
done
install_packages "${groups[@]}" >&2

build=build/benchmarks
mkdir -p $build
{
  cmake -S . -B $build -G Ninja -DXGRAD_BUILD_BENCHMARKS=ON -DXGRAD_BUILD_TESTS=OFF -DXGRAD_BUILD_MODELS=OFF &&
    cmake --build $build --target whole_steps
} >$build/compare.log 2>&1 || {
  tail -n 50 $build/compare.log >&2
  exit 1
}
program=$PWD/$build/whole_steps
cd "$called_from"
exec "$program" ${arguments[@]+"${arguments[@]}"}

#!/usr/bin/env bash
# Holds that layout_test.sh sees each kind of breach: a small tree that is right, then one file that breaks one rule.
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
checker=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/layout_test.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

# put FILE LINE... writes FILE below the tree.
put() {
  mkdir -p "$(dirname "$tree/$1")"
  printf '%s\n' "${@:2}" >"$tree/$1"
}

start_over() {
  rm -rf "${tree:?}"/*
  put README.md
  put models/xgrad.hpp '#include <xgrad/ops/exp.hpp>' '#include <vector>'
  put ops/exp.hpp '#include <xgrad/framework/core/tensor.hpp>'
  put framework/core/tensor.hpp '#include <xgrad/framework/core/xtensor.hpp>'
  put framework/core/xtensor.hpp '#include <xtensor/xarray.hpp>'
  put framework/backends/gemm_blas.cpp '#include <xtensor-blas/xblas.hpp>' '#include <xgrad/framework/core/xtensor.hpp>'
  put models/data/digits/stroke.hpp '#include <xgrad/framework/core/tensor.hpp>'
  put models/mnist/options.hpp '#include <CLI/CLI.hpp>'
  put tests/ops/exp.cpp '#include <xgrad/xgrad.hpp>' '#include "values.hpp"'
}

start_over
if ! bash "$checker" "$tree"; then
  echo "FAILED: a tree that is right was refused"
  failed=1
fi

# expect_breach TEXT FILE LINE...: with FILE, the tree must be refused and the report must hold TEXT.
expect_breach() {
  local report
  start_over
  put "${@:2}"
  if report=$(bash "$checker" "$tree") || [[ $report != *"$1"* ]]; then
    printf 'FAILED: %s must be refused with "%s"; the report was:\n%s\n' "$2" "$1" "$report"
    failed=1
  fi
}

expect_breach 'not an entry of the top level' scripts/build.sh
expect_breach 'name files and folders after what they hold' framework/core/utils.hpp
expect_breach 'name files and folders after what they hold' framework/common/path.cpp
expect_breach 'models -> ops -> framework only' framework/core/dim.cpp '#include <xgrad/ops/exp.hpp>'
expect_breach 'models -> ops -> framework only' framework/core/dim.cpp '  #  include <xgrad/xgrad.hpp>'
expect_breach 'models -> ops -> framework only' ops/exp.cpp '#include <xgrad/models/layers/dense.hpp>'
expect_breach 'write <xgrad/...>' ops/exp.cpp '#include "exp.hpp"'
expect_breach 'only framework/core/xtensor.hpp may' ops/exp.cpp '#include <xtensor/xmath.hpp>'
expect_breach 'only framework/core/xtensor.hpp may' tests/ops/exp.cpp '#include <xtensor/xmath.hpp>'
expect_breach 'only framework/backends/gemm_blas.cpp may' ops/dot.cpp '#include <xtensor-blas/xlinalg.hpp>'
expect_breach 'in a circle' framework/core/tensor.cpp '#include <xgrad/framework/backends/gemm.hpp>' ''
expect_breach 'not reachable from models/xgrad.hpp' ops/log.hpp
expect_breach 'not reachable from models/xgrad.hpp' models/layers/dense.hpp
expect_breach 'called internal' models/xgrad.hpp '#include <xgrad/ops/exp.hpp>' \
  '#include <xgrad/models/named_choice.hpp>'
expect_breach 'public, but includes <fmt/format.h>' ops/exp.hpp '#include <fmt/format.h>'

[[ $failed -eq 0 ]]

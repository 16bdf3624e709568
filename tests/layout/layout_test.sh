#!/usr/bin/env bash
# Holds the layout of the tree: what may stand at the top, who may include whom, and how files are called.
#   bash tests/layout/layout_test.sh [ROOT]      prints one line for each breach; fails when there is any
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
cd "${1:-"$(dirname "${BASH_SOURCE[0]}")/../.."}"

top_level=(framework ops models tests docs cmake CMakeLists.txt CMakePresets.json README.md LICENSE CHANGELOG.md '.*')

# Everything in ops/ and models/TOPIC/ must be reachable from xgrad/xgrad.hpp. Folders further down hold the parts that one
# of those headers is made of, and models/mnist/ is a program: they are not for users, and neither are these.
internal_folders='^(ops/[^/]+|models/[^/]+/[^/]+|models/mnist)/'
internal_headers=(models/named_choice.hpp models/optimizers/optimizer_options.hpp ops/matrix_stack.hpp ops/value_gaps.hpp
  ops/no_cotangent.hpp ops/nonzero_bits.hpp ops/pooling_entry.hpp ops/transposed_convolution.hpp
  models/training/{check_arrays,check_training,labels,pass,shuffle,summary}.hpp)

breaches=0
breach() {
  echo "layout: $*"
  breaches=$((breaches + 1))
}

# Every file of the project: what git knows or would take; without git, what is not a build folder.
files=$(git ls-files --cached --others --exclude-standard 2>/dev/null ||
  find . -type f -not -path './.git/*' -not -path './build*' -printf '%P\n')
files=$(while IFS= read -r file; do [[ ! -e $file ]] || echo "$file"; done <<<"$files")

while IFS= read -r entry; do
  for allowed in "${top_level[@]}"; do
    [[ $entry != $allowed ]] || continue 2
  done
  breach "$entry: not an entry of the top level (allowed: ${top_level[*]})"
done < <(cut -d/ -f1 <<<"$files" | sort -u)

while IFS= read -r file; do
  breach "$file: name files and folders after what they hold, not utils, common, misc or helpers"
done < <(grep -E '(^|/)(utils?|common|misc|helpers?)(\.[^/]*)?(/|$)' <<<"$files" || true)

# One line for each include: FILE INCLUDED, with its brackets or quotes.
includes=$(grep -E '^(framework|ops|models|tests)/.*\.[ch]pp$' <<<"$files" | xargs -r awk '
  match($0, /^[ \t]*#[ \t]*include[ \t]*[<"][^>"]*[>"]/) {
    included = substr($0, RSTART, RLENGTH)
    sub(/^[^<"]*/, "", included)
    print FILENAME, included
  }')

while read -r file included; do
  name=${included:1:-1}
  floor=${file%%/*}
  target=${name#xgrad/}
  target_floor=${target%%/*}
  [[ $name != xgrad/xgrad.hpp ]] || target_floor=models

  [[ $included == '<'* || $floor == tests ]] || breach "$file: includes $included; write <xgrad/...>"
  case $name in
    xtensor/*)
      [[ $file == framework/core/xtensor.hpp ]] ||
        breach "$file: includes <$name>; only framework/core/xtensor.hpp may, include that" ;;
    xtensor-blas/*)
      [[ $file == framework/backends/gemm_blas.cpp ]] ||
        breach "$file: includes <$name>; only framework/backends/gemm_blas.cpp may" ;;
    xgrad/*)
      case $floor:$target_floor in
        tests:* | models:* | ops:ops | ops:framework | framework:framework) ;;
        *) breach "$file: includes <$name>; includes go models -> ops -> framework only" ;;
      esac ;;
  esac
done <<<"$includes"

# Inside a floor, no circles between folders: an order of the folders must exist.
circles=$(awk '
  function folder(path) { sub(/\/[^\/]*$/, "", path); return path }
  $1 != "models/xgrad.hpp" && $2 ~ /^<xgrad\/.*\// {
    target = substr($2, 8, length($2) - 8)
    split($1, from, "/"); split(target, to, "/")
    if (from[1] == to[1] && folder($1) != folder(target)) print folder($1), folder(target)
  }' <<<"$includes" | sort -u | tsort 2>&1 >/dev/null | grep -v 'loop:' | sed 's/^tsort: //' | sort -u || true)
[[ -z $circles ]] || breach "folders that include each other in a circle:" $circles

# What a user gets with xgrad/xgrad.hpp: no header left out, and none that needs a package users do not have.
reachable=$(awk '
  { included[$1] = included[$1] " " substr($2, 2, length($2) - 2) }
  END {
    queue[last = 1] = "models/xgrad.hpp"
    seen[queue[1]] = 1
    for (next_up = 1; next_up <= last; ++next_up) {
      print queue[next_up]
      count = split(included[queue[next_up]], names, " ")
      for (i = 1; i <= count; ++i)
        if (sub(/^xgrad\//, "", names[i]) && !(names[i] in seen)) {
          seen[names[i]] = 1
          queue[++last] = names[i]
        }
    }
  }' <<<"$includes" | sort)

while IFS= read -r header; do
  breach "$header: not reachable from models/xgrad.hpp; include it there"
done < <(grep -E '^(ops|models)/.*\.hpp$' <<<"$files" | grep -vE "$internal_folders" |
  grep -vxF "$(printf '%s\n' "${internal_headers[@]}")" | sort | comm -23 - <(echo "$reachable"))

while IFS= read -r header; do
  breach "$header: called internal by layout_test.sh, but users get it with models/xgrad.hpp"
done < <(printf '%s\n' "${internal_headers[@]}" | sort | comm -12 - <(echo "$reachable"))

while read -r file included; do
  breach "$file: public, but includes $included, which users of an installed xgrad need not have"
done < <(awk 'NR == FNR { public[$1]; next }
  ($1 in public) && $1 !~ /^framework\/core\/(xtensor|exact_arithmetic).hpp$/ && $2 !~ /^<xgrad\// && $2 ~ /[.\/"]/' \
  <(echo "$reachable") - <<<"$includes")

echo "layout: $(wc -l <<<"$files") files, $(wc -l <<<"$includes") includes, $breaches breaches"
[[ $breaches -eq 0 ]]

#!/usr/bin/env bash
# Fails when the compiler has put vectors of 32 or 64 bytes on a stack that is aligned to 16 only: GCC 12 forgets to
# align it in some functions (https://gcc.gnu.org/PR109780), which then crash, or not, as their caller's stack lies.
#   bash tests/toolchain/check_stack_alignment.sh LIBRARY
set -euo pipefail
[[ $(uname -m) == x86_64 ]] || { echo "not an x86-64 machine: nothing to check"; exit 0; }

functions=$(objdump -d --no-show-raw-insn -C "$1" | awk '
  function report() { if (aligned != "" && has_local && !realigned) print name ": " aligned }
  /^[0-9a-f]+ <.*>:$/ { report(); name = $0; sub(/^[0-9a-f]+ </, "", name); aligned = ""; has_local = realigned = 0 }
  /lea +-?0x[0-9a-f]+\(%r[bs]p/ || /[yz]mm.*\(%r[bs]p/ { has_local = 1 }  # the address of something on the stack
  /and +\$0xf+(e0|c0|80),%rsp/ { realigned = 1 }
  /vmov(aps|apd|dqa|dqa32|dqa64) .*%[yz]mm/ && /\(%/ && !/%rip/ { sub(/^.*\t/, ""); aligned = $0 }
  END { report() }')
[[ -z $functions ]] && exit 0
echo "These functions of $1 need an aligned stack and do not align it:"
echo "$functions"
echo "Change the code so that the compiler does not vectorise over a local array there."
exit 1

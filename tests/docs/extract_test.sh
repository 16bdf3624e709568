#!/usr/bin/env bash
# Holds extract.awk to its rules: a right page makes a program that passes, a page that shows something wrong does not.
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

fail() {
  echo "FAILED: $*"
  failed=1
}

extract() { awk -v folder=out -f "$here/extract.awk" page.md; }
run_page() { extract && "${CXX:-c++}" -std=c++20 -I "$here" -I out out/page.cpp "$here/page.cpp" -o program && ./program; }

cat >page.md <<'END'
A page with everything. Inline `code` is no block.
<!-- file: doubled.hpp -->
```cpp
inline int doubled(int value) { return 2 * value; }
```
```cpp
#include <doubled.hpp>
int number = doubled(3);
```
<!-- global -->

```cpp
#include <stdexcept>
[[noreturn]] void refuse(int value) { throw std::invalid_argument("no " + std::to_string(value)); }
```
<!-- prints -->
```cpp
std::cout << "number " << number << '\n';
```
It prints:
```text
number
  6
```
<!-- throws: std::invalid_argument -->
```cpp
refuse(number);
```
```text
no 6
```
1. In a list:
   ```cpp
   if (number != 6) return 2;
   ```
<!-- project: sub/CMakeLists.txt -->
```cmake
project(outside)
```
END
run_page >/dev/null || fail "a right page was refused"
[[ $(<out/project/sub/CMakeLists.txt) == 'project(outside)' ]] || fail "the project's file is wrong"
grep -q '^#line 34 "page.md"$' out/page.cpp || fail "errors of the compiler would not name the page's lines"

# Each changes the right page by one sed script into one that must not pass.
cp page.md right.md
for change in 's/^  6$/  7/' 's/^no 6$/no 7/' 's/^refuse(number);$//' 's/number != 6/number == 6/' \
  's/throws: std::invalid_argument/throws: std::out_of_range/' 's/^int number = .*/throw std::runtime_error("stop");/'; do
  sed "$change" right.md >page.md
  ! run_page >/dev/null 2>&1 || fail "passed after $change"
done

# Each is a page that must be refused, with this text.
refuses() {
  local report
  printf '%b\n' "$2" >page.md
  ! report=$(extract 2>&1) && [[ $report == *"$1"* ]] || fail "not refused with '$1': $2"
}
refuses 'without a language' '```\ncode\n```'
refuses 'not ~~~' '~~~cpp\n~~~'
refuses 'write ```cpp' '```c++\n```'
refuses 'write ```sh' '```bash\n```'
refuses 'never closed' '```cpp\n'
refuses 'needs the text block' '<!-- prints -->\n```cpp\n```'
refuses 'right before its block' '<!-- prints -->\nWords.\n```cpp\n```'
refuses 'before a cpp block' '<!-- global -->\n```sh\n```'
refuses 'not spelled' '<!-- throws ShapeError -->'
refuses 'a cmake block needs' '```cmake\n```'
[[ $failed -eq 0 ]]

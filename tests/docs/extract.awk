# Makes a program of a documentation page:   awk -v folder=OUT -f extract.awk docs/page.md
# writes OUT/page.cpp and the files the page shows. The tests compile and run it, so that no page can show code that is wrong.
#
# The rules for who writes a page. Marks are HTML comments on a line of their own before a block; readers do not see them.
#   ```cpp                          all such blocks of a page, in order, are the body of one main(); #include lines may stand
#                                   in any of them and move to the top. The program must end without an exception.
#   <!-- global -->                 the block stands before main(): functions, templates, operators that register themselves.
#   <!-- throws: ShapeError -->     the block must throw this error of xgrad. It has a scope of its own.
#   <!-- prints -->                 the block must print something to std::cout.
#     ```text                       after one of these two, must equal the message or the output; white space may differ.
#   <!-- file: ops/softplus.cpp --> the block is a whole file of this name; *.cpp are compiled with the page, and the others
#                                   can be included by the name.
#   <!-- project: CMakeLists.txt --> the block is a file of an outside project that finds xgrad with find_package; the test
#                                   builds it against an installed xgrad. Its program is called as the project, and must exit with 0.
#   ```sh                           must be right for bash -n, and the files of this repository that it names must exist.
# A fence must say its language. C++ is written cpp, commands sh, output text; cmake blocks are parts of a project. Any other
# language (json, dot, ...) is left alone. Working folder: one of the page's own. A page that trains on MNIST must also run
# without it, on synthetic digits.

function fail(text) {
  print FILENAME ":" FNR ": " text > "/dev/stderr"
  failed = 1
  exit 1
}

function place() { return "#line " (FNR + 1) " \"" FILENAME "\"\n" }

function open_file(path) {
  out = path
  parent = out
  sub(/\/[^\/]*$/, "", parent)
  system("mkdir -p '" parent "'")
  printf "" > out
}

# The expectation a throws or prints block left open ends with the text block that follows, or without one.
function settle(text) {
  if (expecting == "prints" && text == "") fail("a block marked prints needs the text block that it prints")
  if (expecting == "throws") body = body "}, R\"page(" text ")page\");\n"
  if (expecting == "prints") body = body "page_prints_" count ".expect(R\"page(" text ")page\");\n"
  expecting = ""
}

function begin_cpp() {
  settle("")
  if (mark == "global") {
    globals = globals place()
  } else if (mark ~ /^throws: /) {
    type = substr(mark, 9)
    if (type !~ /::/) type = "xgrad::" type
    body = body "page::throws<" type ">(\"" FILENAME ":" FNR "\", [&] {\n" place()
    expecting = "throws"
  } else if (mark == "prints") {
    body = body "page::Prints page_prints_" (++count) "(\"" FILENAME ":" FNR "\");\n" place()
    expecting = "prints"
  } else {
    body = body place()
  }
}

function begin(language) {
  if (language == "") fail("a code fence without a language; write cpp, sh, text or what it is")
  if (language ~ /^(c\+\+|cc|cxx|C\+\+|hpp)$/) fail("write ```cpp, not ```" language)
  if (language ~ /^(shell|bash|console|zsh)$/) fail("write ```sh, not ```" language)
  if (language == "cmake" && mark !~ /^project: /) fail("a cmake block needs <!-- project: CMakeLists.txt --> before it")
  if (mark ~ /^(file|project): /) {
    name = mark
    sub(/^[a-z]*: */, "", name)
    kind = "file"
    open_file(folder (mark ~ /^project/ ? "/project/" : "/") name)
  } else if (language == "cpp") {
    kind = "cpp"
    begin_cpp()
  } else {
    if (mark != "") fail("<!-- " mark " --> belongs before a cpp block")
    kind = language == "text" && expecting ? "expected" : "other"
  }
  block = ""
}

function end() {
  if (kind == "file") close(out)
  if (kind == "cpp" && mark == "global") globals = globals block
  if (kind == "cpp" && mark != "global") body = body block
  if (kind == "expected") settle(block)
  kind = mark = ""
}

/^ *```/ {
  language = $0
  gsub(/^ *```+ *| *$/, "", language)
  if (kind == "") begin(language); else end()
  next
}

kind == "file" { print > out; next }
kind == "cpp" && /^ *# *include/ { includes = includes $0 "\n"; block = block "\n"; next }
kind != "" { block = block $0 "\n"; next }

/^<!-- (global|prints|throws: [A-Za-z_:]+|file: [^ ]+|project: [^ ]+) -->$/ {
  mark = substr($0, 6, length($0) - 9)
  next
}
/^ *~~~/ { fail("write fences as ```, not ~~~") }
/^<!-- *(global|prints|throws|file|project)/ { fail("a mark that is not spelled as extract.awk asks: " $0) }
/[^ ]/ && mark != "" { fail("<!-- " mark " --> must stand right before its block") }

END {
  if (failed) exit 1
  if (kind != "") fail("a code fence that is never closed")
  settle("")
  open_file(folder "/page.cpp")
  print "// Made from " FILENAME " by extract.awk.\n#include \"page.hpp\"\n" includes "\n" globals > out
  print "int main() try {\n" body "} catch (const std::exception& error) {\n  return page::failed(error);\n}" > out
}

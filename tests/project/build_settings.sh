# Sourced by the scripts of this folder.

# The value of a CMake variable of a build: setting NAME BUILD_FOLDER
setting() { sed -n "s/^$1:[A-Z]*=//p" "$2/CMakeCache.txt"; }

fail() {
  echo "$1"
  exit 1
}

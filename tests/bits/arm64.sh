#!/usr/bin/env bash
# Builds the library and the program `bits` for arm64, runs it under qemu and compares with the digests of all processors.
# Needs Debian; installs a cross compiler and qemu, and unpacks the libraries of arm64 beside the build, where they do not
# meet those of this machine.
#   bash tests/bits/arm64.sh [FOLDER] [-DNAME=VALUE ...]      FOLDER is build/arm64 unless given
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

folder=$PWD/build/arm64
[[ $# -eq 0 || $1 == -* ]] || { folder=$(realpath -m "$1") && shift; }
sysroot=$folder/sysroot

source cmake/packages.sh
install_packages build arm64

# The libraries of the build that have arm64 in their files, with all that they need in turn.
mkdir -p "$sysroot" "$folder"/apt/{lists,cache/archives}/partial
if [[ ! -e $sysroot/complete ]]; then
  touch "$folder/apt/status"
  arm64_apt() {
    apt-get --quiet -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Debug::NoLocking=1 \
      -o APT::Sandbox::User= -o Dir::State::Lists="$folder/apt/lists" -o Dir::State::status="$folder/apt/status" \
      -o Dir::Cache="$folder/apt/cache" "$@"
  }
  arm64_apt update
  read -ra packages <<<"$(xgrad_packages build) $(xgrad_packages tests)"
  libraries=()
  for package in "${packages[@]}"; do
    [[ $package != *-dev || $package == libdnnl-dev ]] || libraries+=("$package")
  done
  arm64_apt install --yes --no-install-recommends --download-only "${libraries[@]}"
  for package in "$folder"/apt/cache/archives/*.deb; do
    case ${package##*/} in
      libc6-dev_* | linux-libc-dev_*) ;;  # those of the cross compiler
      *) dpkg --extract "$package" "$sysroot" ;;
    esac
  done
  # Links are meant for a system whose root this folder is.
  while read -r link; do
    ln --symbolic --force "$sysroot$(readlink "$link")" "$link"
  done < <(find "$sysroot" -type l -lname '/*')
  touch "$sysroot/complete"
fi

export CMAKE_GENERATOR="${CMAKE_GENERATOR:-Ninja}"
cmake -S . -B "$folder" --toolchain cmake/arm64.cmake -DXGRAD_SYSROOT="$sysroot" -DXGRAD_ARCH=armv8-a \
  -DXGRAD_BUILD_MODELS=OFF -DXGRAD_INSTALL=OFF -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O1 -DNDEBUG" "$@"
cmake --build "$folder" --parallel "$(nproc)" --target bits
ctest --test-dir "$folder" --tests-regex '^bits$' --output-on-failure

# Sourced by the scripts that must run on a fresh machine. install_packages GROUP... installs, through apt, those packages of
# the groups that are missing; where there is no apt it says what is needed.

xgrad_packages() {
  case $1 in
    build)  # The library and the programs. docs/dependencies.md says what each is for.
      echo g++ cmake ninja-build libxtensor-dev libxtensor-blas-dev libxsimd-dev libtbb-dev libopenblas-dev libfmt-dev \
        zlib1g-dev libssl-dev libcli11-dev nlohmann-json3-dev ;;
    tests) echo libboost-test-dev librandom123-dev pkg-config ;;
    benchmarks) echo libbenchmark-dev libdnnl-dev ;;
    libtorch) echo libtorch-dev ;;
    arm64) echo g++-aarch64-linux-gnu qemu-user ;;
    download) echo curl ca-certificates ;;
    gates) echo clang-format ;;
    sanitizers) echo clang-16 libclang-rt-16-dev ;;
    *) echo "packages.sh: no group $1" >&2; return 1 ;;
  esac
}

# Tools count as present wherever they come from; libraries are Debian packages.
xgrad_package_is_present() {
  case $1 in
    g++) command -v "${CXX:-c++}" ;;
    ninja-build) command -v ninja ;;
    cmake | clang-format | curl | pkg-config) command -v "$1" ;;
    *) [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null) == installed ]] ;;
  esac >/dev/null
}

install_packages() {
  local group package wanted=() missing=() as_root=()
  for group in "$@"; do
    wanted+=($(xgrad_packages "$group")) || return 1
  done

  if ! command -v apt-get >/dev/null; then
    [[ ${XGRAD_PACKAGES:-} == present ]] && return
    echo "There is no apt-get on this machine, so xgrad cannot install what it needs. These Debian packages are meant:"
    printf '  %s\n' "${wanted[@]}"
    echo "Install their equivalents, then set XGRAD_PACKAGES=present and run this script again."
    exit 1
  fi >&2

  for package in "${wanted[@]}"; do
    xgrad_package_is_present "$package" || missing+=("$package")
  done
  [[ ${#missing[@]} -eq 0 ]] && return

  if [[ $(id -u) -ne 0 ]]; then
    as_root=(sudo)
    if ! command -v sudo >/dev/null; then
      echo "xgrad needs packages that only root can install, and there is no sudo. As root, run:"
      echo "  apt-get install ${missing[*]}"
      exit 1
    fi >&2
  fi
  echo "Installing: ${missing[*]}"
  as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get --quiet)
  "${as_root[@]}" update || echo "Going on with the package lists that are here." >&2
  "${as_root[@]}" install --yes --no-install-recommends "${missing[@]}" || exit 1
}

#!/usr/bin/env bash
# Downloads the four MNIST files, each checked by SHA-256. What is there already is kept; what was interrupted goes on.
#   bash models/mnist/download.sh [FOLDER]      by default the user's cache folder, where the programs look for it
# XGRAD_MNIST_MIRRORS, addresses of folders separated by spaces, replaces the public mirrors.
set -euo pipefail

default_mirrors='https://storage.googleapis.com/cvdf-datasets/mnist https://ossci-datasets.s3.amazonaws.com/mnist'
read -ra mirrors <<<"${XGRAD_MNIST_MIRRORS:-$default_mirrors}"
reason='no mirror is named'
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/xgrad/mnist}
[[ $folder == /* ]] || folder=$PWD/$folder  # a folder may be called - or --help

# Of the contents: the compressed bytes differ from mirror to mirror.
declare -A checksums=(
  [train-images-idx3-ubyte]=ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db
  [train-labels-idx1-ubyte]=65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5
  [t10k-images-idx3-ubyte]=0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7
  [t10k-labels-idx1-ubyte]=ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2
)

fail() {
  echo "download.sh: $*" >&2
  exit 1
}

# valid FILE NAME: whether the content of FILE, gzip or not, is that of NAME.
valid() {
  local sum
  sum=$(gzip -dcf -- "$1" 2>/dev/null | sha256sum) && [[ $sum == "${checksums[$2]} "* ]]
}

# fetch ADDRESS FILE: goes on where FILE ends. Gives up after 3 seconds without a connection and 6 without data. Returns 1
# when the mirror is out of reach, 2 when it answers but does not give the rest of the file; then $reason tells why.
fetch() {
  local status=0
  if command -v curl >/dev/null; then
    reason=$(curl -fsSL --connect-timeout 3 --speed-limit 1000 --speed-time 6 -C - -o "$2" "$1" 2>&1) || status=$?
    # Not found, cannot be written, no ranges, cannot resume, no such local file.
    [[ ! $status =~ ^(22|23|33|36|37)$ ]] || return 2
  elif command -v wget >/dev/null; then
    reason=$(wget -nv --tries=1 --dns-timeout=3 --connect-timeout=3 --read-timeout=6 -c -O "$2" "$1" 2>&1) || status=$?
    [[ ! $status =~ ^(3|8)$ ]] || return 2  # cannot be written, not found
  else
    fail "neither curl nor wget is installed; install one of them and run this again"
  fi
  [[ $status -eq 0 ]] || return 1
}

# fetch_valid ADDRESS PART NAME: as fetch, and only a valid file will do. A part that cannot be completed is dropped, and
# the whole file fetched.
fetch_valid() {
  local status resumed
  while true; do
    [[ ! -L $2 ]] || rm -f -- "$2"  # whoever put a link there chose what would be written over
    resumed=false
    [[ ! -s $2 ]] || resumed=true
    status=0
    fetch "$1" "$2" || status=$?
    [[ -s $2 ]] || rm -f -- "$2"  # wget makes the file before it has anything to put there
    [[ $status -ne 1 ]] || return 1
    if [[ $status -eq 0 ]]; then
      ! valid "$2" "$3" || return 0
      reason="$1 does not have the content of MNIST"
    fi
    rm -f -- "$2"
    [[ $resumed == true ]] || return 2
  done
}

# obtain NAME: leaves NAME or NAME.gz, valid, in the folder.
obtain() {
  local name=$1 file part=$1.gz.part i status
  for file in "$name" "$name.gz"; do
    [[ -e $file ]] || continue
    valid "$file" "$name" || fail "$folder/$file does not have the content of MNIST; delete it and run this again"
    echo "$file: already there"
    return
  done

  if valid "$part" "$name"; then
    mv -- "$part" "$name.gz"
    echo "$name.gz: was downloaded before"
    return
  fi
  for i in "${!mirrors[@]}"; do
    status=0
    fetch_valid "${mirrors[i]%/}/$name.gz" "$part" "$name" || status=$?
    if [[ $status -eq 0 ]]; then
      mv -- "$part" "$name.gz"
      echo "$name.gz: downloaded from ${mirrors[i]}"
      return
    fi
    # Nobody wants to wait for a dead mirror four times.
    [[ $status -ne 1 ]] || unset "mirrors[i]"
  done
  fail "$name.gz could not be downloaded: ${reason##*$'\n'}; run this again to go on from here"
}

# The largest of the files has 47 million bytes before it is compressed. No mirror fills the disk: writing more is an
# error, once the signal that would end the program is ignored.
trap '' XFSZ
ulimit -f $((64 * 1024))

mkdir -p -- "$folder"
cd -- "$folder"
# One at a time: two would write to the same part.
exec 9<.
if command -v flock >/dev/null && ! flock -n 9; then
  echo "waiting for another download to $folder"
  flock 9
fi

for name in train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte; do
  obtain "$name"
done
echo "MNIST is complete in $folder"

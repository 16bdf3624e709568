#!/usr/bin/env bash
# Runs models/mnist/download.sh against mirrors on this machine: good, corrupt, incomplete and dead ones.
#   bash tests/models/mnist/download_test.sh
set -euo pipefail
unset CDPATH  # where cd would look for relative folders first
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
original=$root/models/mnist/download.sh
names=(train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte)
first=${names[0]}

if ! command -v curl >/dev/null; then
  echo "download_test.sh: skipped, curl is not installed"
  exit 0
fi

work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf -- "$work"' EXIT
mirror=$work/mirror
folder=$work/folder
script=$work/download.sh
dead=http://127.0.0.1:9
export no_proxy=127.0.0.1

failures=0
check() {
  if ! "${@:2}"; then
    echo "FAILED: $case_name: $1"
    failures=$((failures + 1))
  fi
}

# Each case starts with no data and a good mirror.
begin() {
  case_name=$1
  rm -rf -- "$folder" "$mirror"
  mkdir -p -- "$folder" "$mirror"
  local name
  for name in "${names[@]}"; do content "$name" | gzip >"$mirror/$name.gz"; done
}
content() { seq 1 3000 | sed "s/^/$1 /"; }

# run MIRROR...: the script, its output in $output, its errors in $errors and its exit code in $status.
run() {
  status=0
  XGRAD_MNIST_MIRRORS="$*" bash "$script" "$folder" >"$work/output" 2>"$work/errors" || status=$?
  output=$(<"$work/output")
  errors=$(<"$work/errors")
}

succeeded() {
  [[ $status -eq 0 && -z $errors && $(find "$folder" -type f | wc -l) -eq 4 ]] || return 1
  local name
  for name in "${names[@]}"; do cmp -s <(content "$name") <(zcat -f "$folder/$name"*) || return 1; done
}
failed_in_one_line() { [[ $status -eq 1 && $(wc -l <"$work/errors") -eq 1 && $errors == "download.sh: "*"$1"* ]]; }
says() { [[ $output == *"$1"* ]]; }
empty() { [[ -z $(ls -A "$folder") ]]; }

case_name="the checksums"
for name in "${names[@]}"; do
  checksum=$(sed -n "s/^ *\[$name\]=//p" "$original")
  check "of $name are 64 digits" grep -qE '^[0-9a-f]{64}$' <<<"$checksum"
  check "of $name are those of mnist.cpp" grep -qzE "\"$name\",\s*\"$checksum\"" "$root/models/data/mnist.cpp"
done

# The script with the checksums of small files.
cp -- "$original" "$script"
for name in "${names[@]}"; do
  checksum=$(content "$name" | sha256sum | cut -d' ' -f1)
  sed -i "s/^\( *\[$name\]=\).*/\1$checksum/" "$script"
done

begin "a good mirror"
run "file://$mirror/"
check "gives the four files" succeeded
rm -rf -- "$mirror"
run "$dead"
check "needs no mirror the second time" succeeded
check "says so" says "$first.gz: already there"

begin "files that are not compressed"
for name in "${names[@]}"; do content "$name" >"$folder/$name"; done
run "$dead"
check "are as good" succeeded

begin "a dead, an empty and a corrupt mirror"
mkdir -- "$work/empty" "$work/corrupt"
for name in "${names[@]}"; do echo corrupt | gzip >"$work/corrupt/$name.gz"; done
run "$dead" "file://$work/empty" "file://$work/corrupt" "file://$mirror"
check "are passed over" succeeded
check "are not named as the source" says "$first.gz: downloaded from file://$mirror"

begin "a corrupt mirror alone"
run "file://$work/corrupt"
check "is an error" failed_in_one_line "$first.gz could not be downloaded: file://$work/corrupt/$first.gz does not have the content"
check "leaves nothing" empty

begin "no network"
run "$dead" "$dead/other"
check "is an error" failed_in_one_line "$first.gz could not be downloaded: curl: (7)"
check "leaves nothing" empty

begin "an interrupted download"
size=$(stat -c %s "$mirror/$first.gz")
head -c $((size / 2)) "$mirror/$first.gz" >"$folder/$first.gz.part"
run "$dead"
check "is an error without a network" failed_in_one_line "run this again"
check "is kept" test -s "$folder/$first.gz.part"
# Only who goes on in the middle gets a valid file from a mirror whose first half is zeros.
head -c $((size / 2)) /dev/zero | dd of="$mirror/$first.gz" conv=notrunc status=none
run "file://$mirror"
check "goes on where it stopped" succeeded

begin "a part that is complete"
cp -- "$mirror/$first.gz" "$folder/$first.gz.part"
rm -- "$mirror/$first.gz"
run "file://$mirror"
check "is not fetched again" succeeded

for part in 10 1000000; do
  begin "a part of $part bytes that is corrupt"
  head -c "$part" /dev/zero >"$folder/$first.gz.part"
  run "file://$mirror"
  check "is fetched anew" succeeded
done

begin "a file that is not MNIST's"
for file in "$first" "$first.gz"; do
  echo mine >"$folder/$file"
  run "file://$mirror"
  check "is an error" failed_in_one_line "$folder/$file does not have the content of MNIST; delete it"
  check "is left alone" grep -qx mine "$folder/$file"
  rm -- "$folder/$file"
done

begin "a file that is followed by something else"
cp -- "$mirror/$first.gz" "$folder"
echo more >>"$folder/$first.gz"
run "file://$mirror"
check "is an error" failed_in_one_line "$first.gz does not have the content of MNIST"

begin "a mirror without end"
truncate -s 70M "$mirror/$first.gz"
run "file://$mirror"
check "is an error" failed_in_one_line "$first.gz could not be downloaded"
check "leaves nothing" empty

begin "a link in the place of the part"
echo mine >"$work/mine"
ln -s "$work/mine" "$folder/$first.gz.part"
run "file://$mirror"
check "is not followed" succeeded
check "leaves what it points to" grep -qx mine "$work/mine"

begin "a folder that is called -"
mkdir -- "$work/names"
(cd "$work/names" && XGRAD_MNIST_MIRRORS=file://$mirror bash "$script" - >"$work/output")
check "is made" test -s "$work/names/-/$first.gz"

begin "no mirror"
run " "
check "is an error" failed_in_one_line "no mirror is named"

begin "the default folder"
XGRAD_MNIST_MIRRORS=file://$mirror XDG_CACHE_HOME=$work/cache bash "$script" >"$work/output"
check "is in the cache folder" test -s "$work/cache/xgrad/mnist/$first.gz"
XGRAD_MNIST_MIRRORS=file://$mirror XDG_CACHE_HOME='' HOME=$work/home bash "$script" >"$work/output"
check "is in the home folder" test -s "$work/home/.cache/xgrad/mnist/$first.gz"

begin "a folder that cannot be made"
status=0
bash "$script" "$mirror/$first.gz/folder" >"$work/output" 2>"$work/errors" || status=$?
check "is an error" test "$status" -eq 1

# A server that knows nothing of ranges, asked by each of the programs that can.
if command -v python3 >/dev/null; then
  mkfifo "$work/ready"
  (cd "$work" && exec python3 -u -m http.server --bind 127.0.0.1 0) >"$work/ready" 2>/dev/null &
  server=$!
  read -r line <"$work/ready"
  [[ $line =~ port\ ([0-9]+) ]]
  port=${BASH_REMATCH[1]}

  tools=$work/tools
  mkdir -- "$tools"
  for tool in bash cat cut flock gzip mkdir mv rm sha256sum; do ln -s "$(command -v "$tool")" "$tools"; done
  for client in curl wget; do
    command -v "$client" >/dev/null || continue
    rm -f -- "$tools/curl" "$tools/wget"
    ln -s "$(command -v "$client")" "$tools"
    with_client() { PATH=$tools run "$@"; }

    begin "$client and a server"
    with_client "http://127.0.0.1:$port/none" "http://127.0.0.1:$port/mirror"
    check "give the four files" succeeded

    begin "$client and a server without ranges"
    head -c 100 "$mirror/$first.gz" >"$folder/$first.gz.part"
    head -c 1000000 /dev/zero >"$folder/${names[1]}.gz.part"
    with_client "http://127.0.0.1:$port/mirror"
    check "give the four files after an interruption" succeeded

    begin "$client and no network"
    with_client "$dead"
    check "are an error" failed_in_one_line "$first.gz could not be downloaded"
    check "leave nothing" empty
  done

  rm -f -- "$tools/curl" "$tools/wget"
  begin "neither curl nor wget"
  PATH=$tools run "file://$mirror"
  check "is an error" failed_in_one_line "neither curl nor wget is installed"
fi

# The real thing, where it is.
real=${XGRAD_DATA_DIR:+$XGRAD_DATA_DIR/mnist}
if [[ -n $real && -f $real/$first.gz ]]; then
  begin "the real MNIST"
  script=$original
  run "file://$real"
  check "is valid" test "$status" -eq 0
  check "is complete" says "MNIST is complete in $folder"
fi

[[ $failures -eq 0 ]] && echo "download_test.sh: passed"

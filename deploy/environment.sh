# Sourced by `run` and `test`: the virtual environment `.venv` at the top of the repository.
# shellcheck shell=bash
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/.venv
new_enough='import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))'

say() { printf '%s\n' "$*" >&2; }

# install_debian PACKAGE...: false where this isn't Debian (or a relative of it) or the user isn't root.
install_debian() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
  say "Installing with apt-get: $*"
  local log
  log=$(mktemp)
  if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"; } \
    >"$log" 2>&1 </dev/null; then
    rm "$log"
  else
    cat "$log" >&2
    rm "$log"
    return 1
  fi
}

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c "$new_enough" 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  return 1
}

make_venv() {
  local python
  if ! python=$(find_python) && ! { install_debian python3-venv && python=$(find_python); }; then
    say "Khabar needs Python 3.11 or newer with its venv module, and there is none here." \
      "On Debian or Ubuntu: sudo apt-get install python3-venv"
    exit 1
  fi
  "$python" -m venv --clear "$venv"
}

# prepare LOCK: the environment holds this project and what the lock file pins; quick when it does already.
prepare() {
  local stamp=$venv/.installed-$1 wanted
  wanted=$root$'\n'$(cat "$root/pyproject.toml" "$root"/deploy/requirements*.txt | cksum)
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && "$venv/bin/python" -c '' 2>/dev/null; then
    return
  fi
  "$venv/bin/python" -c "$new_enough" 2>/dev/null || make_venv
  say "Installing Khabar's packages into $venv (once) ..."
  local pip=("$venv/bin/python" -m pip --quiet --quiet --no-input --disable-pip-version-check install)
  "${pip[@]}" --upgrade pip
  "${pip[@]}" --requirement "$root/deploy/$1"
  "${pip[@]}" --no-deps --no-build-isolation --editable "$root"
  printf '%s\n' "$wanted" >"$stamp"
}

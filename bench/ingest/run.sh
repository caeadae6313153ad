#!/usr/bin/env bash
# Metrics of many gateways through the real server into SQLite and PostgreSQL: rows a second, time until they can be
# read, and what is left after the server was killed under that load. Called by ./scs bench ingest.
# SCS_INGEST_SECONDS (15) changes the size.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../with-tests.sh" cloud-connector/server
conditions "50 gateways, 10 metrics a message, a row = one metric; load generator, broker, server and database on the same cores; SQLite: WAL, synchronous FULL; PostgreSQL: fsync, full_page_writes and synchronous_commit on; on $(df --output=fstype "$work" | tail -n 1)"
bench() { java -Xmx256m -Dlogback.configurationFile=none "-Dscs.ingest.seconds=${SCS_INGEST_SECONDS:-15}" -cp "$classpath" \
  solutions.itms.scs.server.bench.IngestBench "$1" "$work/$1" "$2" || worst=1; }
bench sqlite 15000
bench postgresql 25000
exit $worst

#!/usr/bin/env bash
# Probes beside OpenSSH's own client, many gates of which some are dead or hang, ten thousand probes, and a log of 2 GB:
# all against a stock OpenSSH server. Called by ./scs bench ssh.
# SCS_SSH_PROBES (10000) and SCS_SSH_LOG_MB (2048) change the size.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../with-tests.sh" bundles/solutions.itms.scs.ssh
conditions "$(ssh -V 2>&1), server and clients on the same cores; keys Ed25519"
bench() { java "-Xmx$1" -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$classpath" solutions.itms.scs.ssh.SshBench "${@:2}" || worst=1; }
bench 128m speed "$work/speed"
bench 128m mixed "$work/mixed"
bench 64m flat "$work/flat" "${SCS_SSH_PROBES:-10000}"
bench 64m log "$work/log" "${SCS_SSH_LOG_MB:-2048}"
exit $worst

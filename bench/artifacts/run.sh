#!/usr/bin/env bash
# Uploads and downloads of one file beside nginx and curl, in one run; then a file over a line that is cut at random with
# both ends killed. Called by ./scs bench artifacts. SCS_ARTIFACT_BYTES (1000000000), SCS_ARTIFACT_ROUNDS (3),
# SCS_ARTIFACT_CUTS (20) and SCS_ARTIFACT_KILLS (2) change the size.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../with-tests.sh" cloud-connector/server
bytes=${SCS_ARTIFACT_BYTES:-1000000000} rounds=${SCS_ARTIFACT_ROUNDS:-3}
conditions "$bytes bytes, $rounds rounds, best of each; gateway or client and server on the same cores; $(nginx -v 2>&1), sendfile on, no fsync; $(curl --version | head -n 1 | cut -d' ' -f1,2); ours is signed, hashed at both ends and flushed to the disk before it is complete; on $(df --output=fstype "$work" | tail -n 1)"

cat >"$work/nginx.conf" <<EOF
worker_processes 2; daemon off; pid $work/nginx.pid; error_log $work/nginx.log; $([ "$(id -u)" != 0 ] || echo "user root;")
events { worker_connections 64; }
http { access_log off; sendfile on; client_max_body_size 0; client_body_temp_path $work/body; proxy_temp_path $work/p;
  fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server { listen 127.0.0.1:NGINX_PORT; location / { root $work/www; dav_methods PUT; create_full_put_path on; } } }
EOF
mkdir -p "$work/www"
java -Xmx256m -Dlogback.configurationFile=none "-Dscs.artifact.bytes=$bytes" "-Dscs.artifact.rounds=$rounds" \
  -cp "$classpath" solutions.itms.scs.artifact.ThroughputBench "$work" || worst=1
java -Xmx256m "-Dscs.artifact.bytes=$bytes" "-Dscs.artifact.cuts=${SCS_ARTIFACT_CUTS:-20}" \
  "-Dscs.artifact.kills=${SCS_ARTIFACT_KILLS:-2}" -cp "$classpath" solutions.itms.scs.artifact.UploadRun "$work/cuts" || worst=1
exit $worst

-- 100 heartbeats in one request.
local counter = 0
function request()
  counter = counter + 1
  local items = {}
  for i = 1, 100 do
    items[i] = string.format('{"id":"B%03d","ip":"192.168.2.%d","status":"online","ts":"2025-08-14T%02d:%02d:%02dZ"}',
      i, i, math.floor(counter / 3600) % 24, math.floor(counter / 60) % 60, counter % 60)
  end
  return wrk.format("POST", "/hb/bulk", {["Content-Type"] = "application/json"}, "[" .. table.concat(items, ",") .. "]")
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %.0f %.3f %.3f %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end

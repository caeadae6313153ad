-- Times are UTC milliseconds since 1970 in columns ending in _ms.

-- A key may belong to a device behind the gateway; null for the gateway itself.
alter table device_key add column child_id text;
-- until when a key is good that another one took the place of
alter table device_key add column expires_at_ms bigint;
-- the key that took the place of this one
alter table device_key add column replaced_by text;

-- A key may belong to a device behind the gateway; null for the gateway itself.
alter table device_key add column child_id text;
-- the key that took the place of this one
alter table device_key add column replaced_by text;

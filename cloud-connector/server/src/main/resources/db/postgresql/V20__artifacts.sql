-- Files that gateways and people have uploaded. The bytes are in the object store under the same id.

create table artifact (
  -- grows in the order of creation
  number bigint generated always as identity primary key,
  -- 32 hexadecimal digits, chosen by whoever uploads
  id text not null unique,
  -- null for what a person uploaded that belongs to no gateway
  gateway_id text,
  account text,
  -- the device that it is about
  device text,
  -- null when it belongs to no command; kept when the gateway is removed
  command_id text,
  -- decides how long it is kept
  kind text not null check (kind in ('log', 'snapshot', 'clip', 'other', 'video', 'recording')),
  -- as people see it; no path
  name text not null,
  media_type text not null,
  -- declared before the first byte; null until an upload by address has ended
  size bigint,
  -- hexadecimal
  sha256 text,
  -- waiting for bytes, whole and checked, given up, or deleted
  state text not null check (state in ('UPLOADING', 'READY', 'FAILED', 'DELETED')),
  -- why it failed or was deleted: stale, checksum_mismatch, type_mismatch, lost, cancelled, person, retention
  reason text,
  -- bytes that have come, as of updated_at_ms
  received bigint not null default 0,
  -- completions with the wrong checksum
  mismatches bigint not null default 0,
  created_at_ms bigint not null,
  -- when the last bytes came or the state changed
  updated_at_ms bigint not null,
  completed_at_ms bigint,
  deleted_at_ms bigint,
  deleted_by text,
  -- the person who uploaded it, or whom a recording is for
  owner text
);
create index artifact_command on artifact (command_id, number) where command_id is not null;
create index artifact_gateway on artifact (gateway_id, number);
create index artifact_state on artifact (state, updated_at_ms);
create index artifact_age on artifact (kind, completed_at_ms) where state = 'READY';

-- Addresses for one download or upload each; gone when they are revoked, over, or their file is deleted.
create table artifact_link (
  -- part of the signed address
  id text not null primary key,
  artifact_id text not null,
  -- get or put
  purpose text not null check (purpose in ('get', 'put')),
  -- who asked for it
  actor text not null,
  expires_at_ms bigint not null
);
create index artifact_link_artifact on artifact_link (artifact_id);
create index artifact_link_expiry on artifact_link (expires_at_ms);

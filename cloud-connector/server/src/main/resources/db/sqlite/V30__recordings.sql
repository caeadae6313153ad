-- Clips out of recorders and recordings of streams: who asked for which stretch, and how far it is. Where a command makes
-- one, the row has the command's id; where a gateway brings one by address, that of its file. Times are UTC milliseconds
-- since 1970 in columns ending in _ms.

create table recording (
  -- grows in the order of creation
  number integer primary key autoincrement,
  id text not null unique,
  gateway_id text not null,
  -- the recorder, or the camera of a stream
  device text not null,
  -- as the recorder calls them; null when not asked for
  channel text,
  recording text,
  -- the stretch that was asked for; null for a stream
  from_ms integer,
  to_ms integer,
  -- kept when the command is deleted
  command_id text,
  -- null until they are declared
  artifact_id text,
  evidence_id text,
  state text not null check (state in ('requested', 'running', 'awaiting_upload', 'ready', 'failed', 'deleted')),
  -- why it failed, as a code and in words
  reason text,
  message text,
  requested_by text not null,
  created_at_ms integer not null,
  -- since when it is in this state
  state_at_ms integer not null,
  -- grows with every look, so that two that look at the same time notice each other
  version integer not null default 1
) strict;
create index recording_device on recording (gateway_id, device, number);
create index recording_state on recording (state, number);
create index recording_requester on recording (requested_by, number);
create index recording_file on recording (artifact_id) where artifact_id is not null;
create index recording_evidence on recording (evidence_id) where evidence_id is not null;

insert into recording (id, gateway_id, device, artifact_id, state, reason, requested_by, created_at_ms, state_at_ms)
  select id, gateway_id, device, id,
    case state when 'READY' then 'ready' when 'UPLOADING' then 'awaiting_upload' when 'DELETED' then 'deleted'
      else 'failed' end,
    case state when 'READY' then null else reason end, owner, created_at_ms, updated_at_ms
  from artifact where kind = 'recording' and gateway_id is not null and device is not null and owner is not null
  order by number;

-- The newest picture of a device.
create index artifact_picture on artifact (gateway_id, device, number) where kind = 'snapshot' and state = 'READY';

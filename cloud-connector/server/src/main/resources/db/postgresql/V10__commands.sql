-- Times are UTC milliseconds since 1970 in columns ending in _ms; yes and no are 1 and 0.

-- People have one of four roles.
alter table person drop constraint person_role_check;
alter table person add constraint person_role_check check (role in ('viewer', 'operator', 'approver', 'admin'));
-- since when this person may not log in; null for who may
alter table person add column disabled_at_ms bigint;

-- Short-lived proofs that somebody has just given the password again; each can be used once.
create table reauth (
  proof_sha256 bytea not null primary key,
  person text not null references person (name) on delete cascade,
  expires_at_ms bigint not null
);

-- Everything that somebody did and that happened to a command. Rows are only added, each holds the hash of the one before.
create table audit (
  -- without gaps
  seq bigint not null primary key,
  at_ms bigint not null,
  -- such as command.create, command.move, person.role
  action text not null,
  -- a person, gateway:<id>, or system
  actor text not null,
  -- of the HTTP request, if there was one
  request_id text,
  command_id text,
  gateway_id text,
  target text,
  command_type text,
  -- LwM2M-like
  object_path text,
  -- R, W or E
  operation text,
  -- SHA-256 over the canonical parameters, hexadecimal
  params_sha256 text,
  previous_state text,
  new_state text,
  reason text,
  -- JSON object
  metadata text not null,
  -- of the row before; 64 zeros for the first
  previous_sha256 text not null,
  -- over all other columns
  sha256 text not null
);
create index audit_command on audit (command_id) where command_id is not null;
create index audit_actor on audit (actor, seq);
create index audit_action on audit (action, seq);
create function audit_is_fixed() returns trigger language plpgsql as $$
  begin raise exception 'rows of the audit are never changed nor deleted'; end $$;
create trigger audit_never_changes before update or delete or truncate on audit
  for each statement execute function audit_is_fixed();

-- The end of the chain; whoever adds a row holds this one until the commit.
create table audit_head (
  id bigint not null primary key check (id = 1),
  seq bigint not null,
  sha256 text not null
);
insert into audit_head (id, seq, sha256)
  values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Public keys by which gateways sign their results; made by add-gateway.
create table gateway_key (
  -- <gateway>#<number>
  kid text not null primary key,
  gateway_id text not null references gateway (id) on delete cascade,
  number bigint not null,
  -- Ed25519, 32 bytes as base64url
  public_key text not null,
  created_at_ms bigint not null,
  -- from then on what it signs is refused
  revoked_at_ms bigint
);
create index gateway_key_gateway on gateway_key (gateway_id);

-- Which of the server's own keys a gateway was told of; commands are signed with the newest of them.
create table gateway_trust (
  gateway_id text not null references gateway (id) on delete cascade,
  kid text not null,
  primary key (gateway_id, kid)
);

-- What a gateway said that it can do, when it connected last.
create table gateway_ability (
  gateway_id text not null primary key references gateway (id) on delete cascade,
  -- revision of its registry of commands
  registry text not null,
  -- JSON array of the names of commands
  available text not null,
  told_at_ms bigint not null
);

-- What was asked of a gateway. Kept when the gateway is removed.
create table command (
  -- grows in the order of creation
  number bigint generated always as identity primary key,
  -- random; also in the envelope
  id text not null unique,
  gateway_id text not null,
  account text not null,
  -- id of the device; that of the gateway for commands to the gateway itself
  target text not null,
  target_type text not null,
  type text not null,
  object_path text not null,
  operation text not null,
  safety text not null,
  -- 1 for long work that does not hold back what comes after it
  is_job bigint not null,
  -- 1 when it waits for no earlier command of its target
  is_urgent bigint not null,
  -- canonical JSON and its SHA-256
  params text not null,
  params_sha256 text not null,
  -- why, in the words of the requester
  reason text,
  state text not null check (state in ('PENDING_APPROVAL', 'PENDING', 'DISPATCHED', 'RUNNING', 'CANCELLING',
    'SUCCESS', 'FAILED', 'REJECTED', 'TIMEOUT', 'CANCELLED', 'EXPIRED', 'REMOVED')),
  -- grows by one with every change
  version bigint not null,
  -- when something happens by itself
  deadline_ms bigint,
  -- the gateway does not begin after this
  expires_at_ms bigint not null,
  -- how long the gateway may work on it
  timeout_ms bigint not null,
  created_at_ms bigint not null,
  requested_by text not null,
  idempotency_key text,
  -- none, second_person or break_glass
  approval text not null,
  approved_by text,
  approved_at_ms bigint,
  -- of the parameters that were approved; nothing else is sent
  approved_sha256 text,
  -- place in the order of its target: the audit's number of when it became PENDING
  queue_seq bigint,
  -- how often it was given to the dispatcher
  attempts bigint not null default 0,
  dispatched_at_ms bigint,
  acknowledged_at_ms bigint,
  started_at_ms bigint,
  ended_at_ms bigint,
  progress_percent bigint,
  progress_text text,
  progress_at_ms bigint,
  -- what the gateway reported, JSON
  result text,
  error_code text,
  error_message text,
  -- approval, queue, dispatch, execution, cancel or removal
  error_stage text,
  -- what the gateway answered when it did not take it; not signed, so that it ends nothing
  refused_code text,
  refused_message text,
  refused_at_ms bigint,
  cancel_by text,
  cancel_reason text,
  cancel_forced bigint not null default 0,
  -- a result that came after the end, JSON
  late_result text,
  late_status text,
  late_at_ms bigint,
  fleet_id text,
  check ((deadline_ms is null) =
    (state in ('SUCCESS', 'FAILED', 'REJECTED', 'TIMEOUT', 'CANCELLED', 'EXPIRED', 'REMOVED')))
);
create unique index command_idempotency on command (requested_by, idempotency_key) where idempotency_key is not null;
create index command_deadline on command (deadline_ms) where deadline_ms is not null;
create index command_open on command (gateway_id, target, queue_seq) where deadline_ms is not null;
create index command_waiting on command (gateway_id, state, attempts, queue_seq) where deadline_ms is not null;
create index command_gateway on command (gateway_id, number);
create index command_state on command (state, number);
create index command_type on command (type, number);
create index command_requester on command (requested_by, number);
create index command_fleet on command (fleet_id) where fleet_id is not null;

-- Every state that a command had.
create table command_history (
  command_id text not null references command (id) on delete cascade,
  version bigint not null,
  at_ms bigint not null,
  from_state text,
  to_state text not null,
  actor text not null,
  reason text,
  primary key (command_id, version)
);

-- What the dispatcher has to hand to the broker, in this order.
create table command_outgoing (
  id bigint generated always as identity primary key,
  command_id text not null references command (id) on delete cascade,
  gateway_id text not null,
  kind text not null check (kind in ('command', 'cancel'))
);

-- Credentials of devices for the HTTP API.
create table device_key (
  id text not null primary key check (length(id) between 1 and 128),
  -- the device that it belongs to: a gateway
  device_id text not null references gateway (id) on delete cascade,
  -- SHA-256 of the secret, 64 hexadecimal digits; null as long as only the plain text was imported
  secret_sha256 text,
  -- as an older system had it; replaced by its hash at the first use
  secret_plain text,
  -- Ed25519 as base64url, for keys without a secret
  public_key text,
  created_at_ms bigint not null,
  used_at_ms bigint,
  revoked_at_ms bigint
);
create index device_key_device on device_key (device_id);

-- Nonces of signed requests within the time window.
create table device_nonce (
  key_id text not null,
  nonce text not null,
  expires_at_ms bigint not null,
  primary key (key_id, nonce)
);
create index device_nonce_expiry on device_nonce (expires_at_ms);

-- One command for many targets.
create table fleet_command (
  number bigint generated always as identity primary key,
  id text not null unique,
  type text not null,
  -- canonical JSON and its SHA-256
  params text not null,
  params_sha256 text not null,
  reason text,
  -- waiting for approval, going on, paused, stopped because too many failed, cancelled, or done
  state text not null check (state in ('PENDING_APPROVAL', 'RUNNING', 'PAUSED', 'STOPPED', 'CANCELLED', 'REJECTED',
    'EXPIRED', 'DONE')),
  version bigint not null,
  requested_by text not null,
  approved_by text,
  created_at_ms bigint not null,
  -- commands that are begun in a minute
  rate_per_minute bigint not null,
  -- begun and not ended at a time
  max_open bigint not null,
  -- share of ended commands that failed, in percent, above which no more are begun
  stop_at_failed_percent bigint not null,
  -- for how long each command may wait for its gateway
  expires_in_ms bigint not null,
  idempotency_key text,
  next_at_ms bigint not null
);
create unique index fleet_idempotency on fleet_command (requested_by, idempotency_key)
  where idempotency_key is not null;

-- The targets of a fleet command in their order.
create table fleet_target (
  fleet_id text not null references fleet_command (id) on delete cascade,
  position bigint not null,
  gateway_id text not null,
  target text not null,
  -- null until it is its turn
  command_id text,
  -- why none could be made
  refused text,
  primary key (fleet_id, position)
);
create index fleet_target_command on fleet_target (command_id) where command_id is not null;

-- Times are UTC milliseconds since 1970 in columns ending in _ms; yes and no are 1 and 0.

-- People have one of four roles. SQLite can't change a check, so both tables are made anew.
create table session_kept as select * from session;
drop table session;
alter table person rename to person_before;
create table person (
  name text not null primary key check (length(name) between 1 and 64),
  role text not null check (role in ('viewer', 'operator', 'approver', 'admin')),
  -- Argon2id in PHC form
  password_hash text not null,
  created_at_ms integer not null,
  -- when the password was set
  password_at_ms integer not null,
  -- since when this person may not log in; null for who may
  disabled_at_ms integer
) strict;
insert into person (name, role, password_hash, created_at_ms, password_at_ms)
  select name, role, password_hash, created_at_ms, password_at_ms from person_before;
drop table person_before;
create table session (
  -- SHA-256 of the token in the cookie; the token is stored nowhere
  token_sha256 blob not null primary key,
  person text not null references person (name) on delete cascade,
  created_at_ms integer not null,
  -- idle time counts from here; written at most once a minute
  used_at_ms integer not null
) strict, without rowid;
insert into session select token_sha256, person, created_at_ms, used_at_ms from session_kept;
drop table session_kept;

-- Short-lived proofs that somebody has just given the password again; each can be used once.
create table reauth (
  proof_sha256 blob not null primary key,
  person text not null references person (name) on delete cascade,
  expires_at_ms integer not null
) strict, without rowid;

-- Everything that somebody did and that happened to a command. Rows are only added, each holds the hash of the one before.
create table audit (
  -- without gaps
  seq integer not null primary key,
  at_ms integer not null,
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
) strict;
create index audit_command on audit (command_id) where command_id is not null;
create index audit_actor on audit (actor, seq);
create index audit_action on audit (action, seq);
create trigger audit_never_changes before update on audit
  begin select raise(abort, 'rows of the audit are never changed'); end;
create trigger audit_never_shrinks before delete on audit
  begin select raise(abort, 'rows of the audit are never deleted'); end;

-- The end of the chain; whoever adds a row holds this one until the commit.
create table audit_head (
  id integer not null primary key check (id = 1),
  seq integer not null,
  sha256 text not null
) strict;
insert into audit_head (id, seq, sha256)
  values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Public keys by which gateways sign their results; made by add-gateway.
create table gateway_key (
  -- <gateway>#<number>
  kid text not null primary key,
  gateway_id text not null references gateway (id) on delete cascade,
  number integer not null,
  -- Ed25519, 32 bytes as base64url
  public_key text not null,
  created_at_ms integer not null,
  -- from then on what it signs is refused
  revoked_at_ms integer
) strict, without rowid;
create index gateway_key_gateway on gateway_key (gateway_id);

-- Which of the server's own keys a gateway was told of; commands are signed with the newest of them.
create table gateway_trust (
  gateway_id text not null references gateway (id) on delete cascade,
  kid text not null,
  primary key (gateway_id, kid)
) strict, without rowid;

-- What a gateway said that it can do, when it connected last.
create table gateway_ability (
  gateway_id text not null primary key references gateway (id) on delete cascade,
  -- revision of its registry of commands
  registry text not null,
  -- JSON array of the names of commands
  available text not null,
  told_at_ms integer not null
) strict, without rowid;

-- What was asked of a gateway. Kept when the gateway is removed.
create table command (
  -- grows in the order of creation
  number integer primary key autoincrement,
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
  is_job integer not null,
  -- 1 when it waits for no earlier command of its target
  is_urgent integer not null,
  -- canonical JSON and its SHA-256
  params text not null,
  params_sha256 text not null,
  -- why, in the words of the requester
  reason text,
  state text not null check (state in ('PENDING_APPROVAL', 'PENDING', 'DISPATCHED', 'RUNNING', 'CANCELLING',
    'SUCCESS', 'FAILED', 'REJECTED', 'TIMEOUT', 'CANCELLED', 'EXPIRED', 'REMOVED')),
  -- grows by one with every change
  version integer not null,
  -- when something happens by itself
  deadline_ms integer,
  -- the gateway does not begin after this
  expires_at_ms integer not null,
  -- how long the gateway may work on it
  timeout_ms integer not null,
  created_at_ms integer not null,
  requested_by text not null,
  idempotency_key text,
  -- none, second_person or break_glass
  approval text not null,
  approved_by text,
  approved_at_ms integer,
  -- of the parameters that were approved; nothing else is sent
  approved_sha256 text,
  -- place in the order of its target: the audit's number of when it became PENDING
  queue_seq integer,
  -- how often it was given to the dispatcher
  attempts integer not null default 0,
  dispatched_at_ms integer,
  acknowledged_at_ms integer,
  started_at_ms integer,
  ended_at_ms integer,
  progress_percent integer,
  progress_text text,
  progress_at_ms integer,
  -- what the gateway reported, JSON
  result text,
  error_code text,
  error_message text,
  -- approval, queue, dispatch, execution, cancel or removal
  error_stage text,
  -- what the gateway answered when it did not take it; not signed, so that it ends nothing
  refused_code text,
  refused_message text,
  refused_at_ms integer,
  cancel_by text,
  cancel_reason text,
  cancel_forced integer not null default 0,
  -- a result that came after the end, JSON
  late_result text,
  late_status text,
  late_at_ms integer,
  fleet_id text,
  check ((deadline_ms is null) =
    (state in ('SUCCESS', 'FAILED', 'REJECTED', 'TIMEOUT', 'CANCELLED', 'EXPIRED', 'REMOVED')))
) strict;
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
  version integer not null,
  at_ms integer not null,
  from_state text,
  to_state text not null,
  actor text not null,
  reason text,
  primary key (command_id, version)
) strict, without rowid;

-- What the dispatcher has to hand to the broker, in this order.
create table command_outgoing (
  id integer primary key autoincrement,
  command_id text not null references command (id) on delete cascade,
  gateway_id text not null,
  kind text not null check (kind in ('command', 'cancel'))
) strict;

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
  created_at_ms integer not null,
  used_at_ms integer,
  revoked_at_ms integer
) strict, without rowid;
create index device_key_device on device_key (device_id);

-- Nonces of signed requests within the time window.
create table device_nonce (
  key_id text not null,
  nonce text not null,
  expires_at_ms integer not null,
  primary key (key_id, nonce)
) strict, without rowid;
create index device_nonce_expiry on device_nonce (expires_at_ms);

-- One command for many targets.
create table fleet_command (
  number integer primary key autoincrement,
  id text not null unique,
  type text not null,
  -- canonical JSON and its SHA-256
  params text not null,
  params_sha256 text not null,
  reason text,
  -- waiting for approval, going on, paused, stopped because too many failed, cancelled, or done
  state text not null check (state in ('PENDING_APPROVAL', 'RUNNING', 'PAUSED', 'STOPPED', 'CANCELLED', 'REJECTED',
    'EXPIRED', 'DONE')),
  version integer not null,
  requested_by text not null,
  approved_by text,
  created_at_ms integer not null,
  -- commands that are begun in a minute
  rate_per_minute integer not null,
  -- begun and not ended at a time
  max_open integer not null,
  -- share of ended commands that failed, in percent, above which no more are begun
  stop_at_failed_percent integer not null,
  -- for how long each command may wait for its gateway
  expires_in_ms integer not null,
  idempotency_key text,
  next_at_ms integer not null
) strict;
create unique index fleet_idempotency on fleet_command (requested_by, idempotency_key)
  where idempotency_key is not null;

-- The targets of a fleet command in their order.
create table fleet_target (
  fleet_id text not null references fleet_command (id) on delete cascade,
  position integer not null,
  gateway_id text not null,
  target text not null,
  -- null until it is its turn
  command_id text,
  -- why none could be made
  refused text,
  primary key (fleet_id, position)
) strict, without rowid;
create index fleet_target_command on fleet_target (command_id) where command_id is not null;

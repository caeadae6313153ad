-- Times are UTC milliseconds since 1970 in columns ending in _ms.

-- A gateway that may connect. Made by the command add-gateway, never by a message.
create table gateway (
  -- MQTT user name, MQTT client id and second topic level
  id text not null primary key check (length(id) between 1 and 64),
  -- first topic level (tenant)
  account text not null check (length(account) between 1 and 64),
  -- random, put before the secret in its hash
  secret_salt bytea not null,
  -- SHA-256 of salt and secret; the secret has 256 random bits, so that a slow hash would add nothing
  secret_sha256 bytea not null,
  -- when the gateway was added
  created_at_ms bigint not null,
  -- when its secret was made; changes with add-gateway --renew
  secret_at_ms bigint not null,
  -- never_seen, online, disconnected (said goodbye) or missing (its will fired, or it fell silent)
  status text not null default 'never_seen' check (status in ('never_seen', 'online', 'disconnected', 'missing')),
  -- of the latest birth; null when that birth named none
  session_id text,
  -- when the latest session began, by the server's clock
  connected_since_ms bigint,
  -- when the latest message was received, by the server's clock
  last_seen_ms bigint,
  -- messages taken, duplicates not counted
  received_count bigint not null default 0,
  -- messages that had been taken before
  duplicate_count bigint not null default 0,
  -- numbers below the highest of each epoch that never arrived
  missing_count bigint not null default 0
);

-- One life of a gateway's store: sequence numbers start at 1 in each.
create table epoch (
  -- grows in the order in which epochs were first heard
  id bigint generated always as identity primary key,
  gateway_id text not null references gateway (id) on delete cascade,
  -- as the gateway names it
  name text not null check (length(name) between 1 and 64),
  -- highest number taken
  highest_seq bigint not null default 0,
  -- how many numbers were taken
  taken_count bigint not null default 0,
  -- when the epoch was first heard, by the server's clock
  first_heard_ms bigint not null,
  unique (gateway_id, name)
);

-- The numbers taken of an epoch, as ranges that neither touch nor overlap.
create table receipt (
  epoch_id bigint not null references epoch (id) on delete cascade,
  -- both ends are taken
  first_seq bigint not null check (first_seq >= 1),
  last_seq bigint not null check (last_seq >= first_seq),
  primary key (epoch_id, first_seq)
);

-- The latest that a gateway said of one of its gates.
create table gate (
  gateway_id text not null references gateway (id) on delete cascade,
  -- unique within the gateway
  id text not null check (length(id) between 1 and 128),
  -- the station's verdict; what is shown is 'unknown' while the gateway is not online
  status text not null check (status in ('online', 'maintenance', 'fault', 'offline', 'unknown')),
  -- what the gate itself said last
  reported_status text,
  -- last heartbeat, by the gate's clock
  last_heartbeat_ms bigint,
  -- last heartbeat, by the station's clock
  last_seen_ms bigint,
  -- address that the gate reports
  ip text,
  -- gate group or lane
  gate_group text,
  side text,
  -- free label of the device's role
  type text,
  -- free text of the last heartbeat
  message text,
  -- when the station made the state, by the station's clock
  state_at_ms bigint,
  -- when the state was received, by the server's clock
  received_at_ms bigint not null,
  -- number of the message that the state is from; null when it had none
  state_epoch_id bigint,
  state_seq bigint,
  -- number of the message that last_seen_ms is from; null when it had none
  seen_epoch_id bigint,
  seen_seq bigint,
  primary key (gateway_id, id)
);

-- The newest messages that could not be read.
create table bad_message (
  id bigint generated always as identity primary key,
  topic text not null,
  -- for people
  reason text not null,
  -- by the server's clock
  received_at_ms bigint not null,
  -- at most the first 1,024 bytes of the payload
  head bytea not null,
  -- length of the whole payload in bytes
  size_bytes bigint not null
);

-- People who may log in. The table is "person" because "user" is a key word elsewhere.
create table person (
  name text not null primary key check (length(name) between 1 and 64),
  role text not null check (role in ('admin')),
  -- Argon2id in PHC form
  password_hash text not null,
  created_at_ms bigint not null,
  -- when the password was set
  password_at_ms bigint not null
);

-- Logged-in browsers.
create table session (
  -- SHA-256 of the token in the cookie; the token is stored nowhere
  token_sha256 bytea not null primary key,
  person text not null references person (name) on delete cascade,
  created_at_ms bigint not null,
  -- idle time counts from here; written at most once a minute
  used_at_ms bigint not null
);

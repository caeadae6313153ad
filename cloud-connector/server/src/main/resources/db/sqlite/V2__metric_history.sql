-- One metric of one subject of a gateway, such as cpu of gateway/metrics.
create table series (
  id integer primary key,
  gateway_id text not null references gateway (id) on delete cascade,
  -- the topic behind SCS-V1/; of other applications it begins with the application's id
  subject text not null check (length(subject) between 1 and 512),
  metric text not null check (length(metric) between 1 and 255),
  -- of its latest value
  type text not null check (type in ('double', 'float', 'int64', 'int32', 'bool', 'string', 'bytes')),
  unique (gateway_id, subject, metric)
) strict;

-- What a series was at a moment. Clustered by series and time, which is how it is read.
create table sample (
  -- of series; not a foreign key, which would be looked up for every row
  series_id integer not null,
  -- by the gateway's clock, or by the server's when the gateway's can't be right
  at_ms integer not null,
  -- of the message that brought it; both 0 when it had no number
  epoch_id integer not null,
  seq integer not null,
  -- by the server's clock
  received_ms integer not null,
  -- what the gateway's clock said, when at_ms is the server's
  device_ms integer,
  -- exactly one of the three
  number real,
  whole integer,
  text text,
  primary key (series_id, at_ms, epoch_id, seq)
) strict, without rowid;

-- Who may read metrics without a session, such as a monitoring system.
create table api_token (
  name text not null primary key check (length(name) between 1 and 64),
  -- SHA-256 of the token; the token is stored nowhere
  token_sha256 blob not null unique,
  created_at_ms integer not null
) strict;

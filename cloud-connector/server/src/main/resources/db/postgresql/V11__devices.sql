-- Times are UTC milliseconds since 1970 in columns ending in _ms.

-- Lists of devices that gateways have told; each bundle of a gateway has a list of its own.
create table device_list (
  gateway_id text not null references gateway (id) on delete cascade,
  part text not null check (length(part) between 1 and 64),
  -- as the gateway counts its changes
  revision bigint not null,
  -- device time
  list_at_ms bigint,
  -- number of the message; null when it had none
  list_epoch_id bigint,
  list_seq bigint,
  primary key (gateway_id, part)
);

-- Cameras, recorders and other devices behind gateways. Gateways and gates have tables of their own.
create table device (
  gateway_id text not null,
  -- unique within the gateway
  id text not null check (length(id) between 1 and 128),
  part text not null,
  type text not null,
  -- the device that it hangs on; null for the gateway
  parent_id text,
  name text,
  manufacturer text,
  model text,
  firmware text,
  serial text,
  -- without credentials
  address text,
  -- JSON array of names
  profiles text not null,
  -- as the gateway told; what is shown is 'unknown' while the gateway is not online
  status text not null check (status in ('online', 'offline', 'fault', 'unknown')),
  -- device time of the message that the status is from
  status_at_ms bigint,
  -- of the list in which something of it changed last
  revision bigint not null,
  -- by the server's clock
  first_seen_ms bigint not null,
  -- when the latest list or message of it was received, by the server's clock
  last_seen_ms bigint not null,
  -- when it spoke for itself with a key of its own; null as long as only its gateway speaks of it
  direct_at_ms bigint,
  primary key (gateway_id, id),
  foreign key (gateway_id, part) references device_list (gateway_id, part) on delete cascade
);
create index device_part on device (gateway_id, part);

-- Times are UTC milliseconds since 1970 in columns ending in _ms.

create index command_ended on command (ended_at_ms) where deadline_ms is null;

-- Where the audit begins: the last row that was deleted because it was too old. The chain goes on from its hash.
create table audit_anchor (
  id bigint not null primary key check (id = 1),
  seq bigint not null,
  sha256 text not null
);
insert into audit_anchor (id, seq, sha256)
  values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
create function audit_anchor_is_fixed() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and new.seq > old.seq then
      return new;
    end if;
    raise exception 'the beginning of the audit never goes back and is never deleted';
  end $$;
create trigger audit_anchor_only_grows before update or delete on audit_anchor
  for each row execute function audit_anchor_is_fixed();
drop trigger audit_never_changes on audit;
create function audit_row_is_fixed() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' and old.seq <= (select seq from audit_anchor where id = 1) then
      return old;
    end if;
    raise exception 'rows of the audit are never changed, nor deleted before their time';
  end $$;
create trigger audit_never_changes before update or delete on audit
  for each row execute function audit_row_is_fixed();
create trigger audit_never_truncated before truncate on audit
  for each statement execute function audit_is_fixed();

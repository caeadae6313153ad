-- Times are UTC milliseconds since 1970 in columns ending in _ms.

create index command_ended on command (ended_at_ms) where deadline_ms is null;

-- Where the audit begins: the last row that was deleted because it was too old. The chain goes on from its hash.
create table audit_anchor (
  id integer not null primary key check (id = 1),
  seq integer not null,
  sha256 text not null
) strict;
insert into audit_anchor (id, seq, sha256)
  values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
create trigger audit_anchor_only_grows before update on audit_anchor when new.seq <= old.seq
  begin select raise(abort, 'the beginning of the audit never goes back'); end;
create trigger audit_anchor_stays before delete on audit_anchor
  begin select raise(abort, 'the beginning of the audit is never deleted'); end;
drop trigger audit_never_shrinks;
create trigger audit_never_shrinks before delete on audit
  when old.seq > (select seq from audit_anchor where id = 1)
  begin select raise(abort, 'rows of the audit are never deleted before their time'); end;

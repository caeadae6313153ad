-- A series that was deleted, as those of a gateway that was taken out. Its samples are deleted in pieces after that.
create table removed_series (
  id bigint primary key
);

-- samples that were left behind: from one series to the next, which looks at one row of each
with recursive left_behind (id) as (
  select min(series_id) from sample
  union all
  select (select min(series_id) from sample where series_id > left_behind.id) from left_behind
   where left_behind.id is not null
)
insert into removed_series
select id from left_behind where id is not null and id not in (select id from series);

create function series_removed() returns trigger language plpgsql as $$
begin
  insert into removed_series (id) values (old.id);
  return null;
end $$;
create trigger series_removed after delete on series for each row execute function series_removed();

-- A series that was deleted, as those of a gateway that was taken out. Its samples are deleted in pieces after that.
create table removed_series (
  id integer primary key
) strict;

-- With autoincrement no id comes twice, or a new series would have the samples of a removed one.
create table series_once (
  id integer primary key autoincrement,
  gateway_id text not null references gateway (id) on delete cascade,
  -- the topic behind SCS-V1/; of other applications it begins with the application's id
  subject text not null check (length(subject) between 1 and 512),
  metric text not null check (length(metric) between 1 and 255),
  -- of its latest value
  type text not null check (type in ('double', 'float', 'int64', 'int32', 'bool', 'string', 'bytes')),
  unique (gateway_id, subject, metric)
) strict;
insert into series_once select * from series;

-- samples that were left behind: from one series to the next, which looks at one row of each
with recursive left_behind (id) as (
  select min(series_id) from sample
  union all
  select (select min(series_id) from sample where series_id > left_behind.id) from left_behind
   where left_behind.id is not null
)
insert into removed_series
select id from left_behind where id is not null and id not in (select id from series);

drop table series;
alter table series_once rename to series;

create trigger series_removed after delete on series begin
  insert into removed_series (id) values (old.id);
end;

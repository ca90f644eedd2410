create schema points;
create table points.programme (id integer primary key, code text not null unique, name jsonb not null);
insert into points.programme values (1, 'main', '{"ja": "ポイント", "en": "Points"}');

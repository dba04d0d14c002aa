-- All open requests are matched by one run at a time.
CREATE UNIQUE INDEX matching_run_under_way ON matching_run ((true)) WHERE status IN ('queued', 'solving');
CREATE INDEX matching_run_created ON matching_run (created_at);

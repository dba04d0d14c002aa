-- Of a day that the carrying on of an open series had to leave out: until the office has seen it.
ALTER TABLE series_skip ADD COLUMN to_decide boolean NOT NULL DEFAULT false;
CREATE INDEX series_skip_to_decide ON series_skip (original_date) WHERE to_decide;
CREATE INDEX session_series ON session (series_id, starts_at) WHERE series_id IS NOT NULL;

-- At which minutes sessions begin and how long they last, where a program or a meeting provider differs from the
-- organisation. NULL: as the organisation says. A provider's are met as well as the others, not instead.
ALTER TABLE program ADD COLUMN grid_minutes integer CHECK (grid_minutes BETWEEN 1 AND 60);
ALTER TABLE plugin_install
  ADD COLUMN durations integer[],
  ADD COLUMN grid_minutes integer CHECK (grid_minutes BETWEEN 1 AND 60);

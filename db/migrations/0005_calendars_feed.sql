-- What a feed said last, as a hash, and since when: a calendar that asks "since then?" can be told "nothing new".
ALTER TABLE calendar_feed
  ADD COLUMN content_hash text,
  ADD COLUMN changed_at timestamptz;

-- What corrects a pay line is looked up at every settlement of a session that was paid.
CREATE INDEX pay_item_corrects ON pay_item (corrects_id) WHERE corrects_id IS NOT NULL;

-- Rates changed together from a day on, so that all of them can be taken back together.
CREATE TABLE rate_change (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  from_on date NOT NULL,
  -- How: the percentage or the amount, the rounding, and the filter, as the page shows them.
  how jsonb NOT NULL,
  -- For each row that changed: its id, the row that follows it (none where its own first day was the day), and both amounts.
  changed jsonb NOT NULL,
  changed_by uuid REFERENCES users ON DELETE SET NULL,
  changed_at timestamptz NOT NULL,
  undone_by uuid REFERENCES users ON DELETE SET NULL,
  undone_at timestamptz
);
CREATE INDEX rate_change_at ON rate_change (changed_at);

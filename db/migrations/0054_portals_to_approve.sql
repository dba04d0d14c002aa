-- The queue of close-outs to approve is read at a cost that doesn't grow with the past: what isn't settled is little.
CREATE INDEX session_to_approve ON session (starts_at)
  WHERE settled_at IS NULL AND status IN ('closed_out', 'no_show', 'tutor_no_show');

-- When a mail goes out: its next try, the pace of all processes together, and how far sessions have been reminded of.

ALTER TABLE mail_message
  -- When it is tried next: after a failure, or when its turn comes among many. NULL: at once, or not before `not_before`.
  ADD COLUMN next_try_at timestamptz;
CREATE INDEX mail_message_status ON mail_message (status, created_at);

-- One row: until when the places of the pace are given away.
CREATE TABLE mail_pace (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  taken_to timestamptz NOT NULL
);
INSERT INTO mail_pace (taken_to) VALUES (now() - interval '1 year');

-- One row: every reminder that was due by then is written.
CREATE TABLE reminder_run (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  -- NULL: none was ever due.
  done_to timestamptz
);
INSERT INTO reminder_run (done_to) VALUES (NULL);

-- Messages between tutor and family: what was mailed of them, and how mail comes in.

ALTER TABLE conversation_message
  -- Its readers were mailed, or had read it before; NULL: a job is to tell them.
  ADD COLUMN told_at timestamptz;
CREATE INDEX conversation_message_untold ON conversation_message (conversation_id) WHERE told_at IS NULL;
-- The office's list.
CREATE INDEX conversation_newest ON conversation (last_message_at DESC);

ALTER TABLE organisation
  -- Of the secret in the address at which a mail service hands in answers, bounces and complaints (sha256, base64url);
  -- NULL: nothing comes in.
  ADD COLUMN mail_hook_hash text;

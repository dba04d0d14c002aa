-- What was mailed to somebody, for their timeline: by who they are, and by the address it went to.
CREATE INDEX mail_message_user ON mail_message (user_id, created_at) WHERE user_id IS NOT NULL;
CREATE INDEX mail_message_to ON mail_message (lower(to_address), created_at);

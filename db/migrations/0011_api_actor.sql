-- Through which key something was done. No foreign key: the log outlives what it names.
ALTER TABLE audit_log ADD COLUMN actor_api_key_id uuid;

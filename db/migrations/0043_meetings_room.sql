-- Who is connected to the classroom at this moment, over all processes.
ALTER TABLE classroom_person
  -- The socket that counts: one that is not it any more was replaced.
  ADD COLUMN connection uuid,
  -- While connected, renewed every few seconds: a process that died leaves it to grow old.
  ADD COLUMN seen_at timestamptz,
  ADD COLUMN media jsonb NOT NULL DEFAULT '{}';
CREATE INDEX classroom_person_connected ON classroom_person (seen_at) WHERE connection IS NOT NULL;

-- The life of a meeting: who works on it, what may have been left at a provider, and how much is asked of it at once.

ALTER TABLE meeting
  -- Goes up with every plan and every outcome: what an attempt read is only overwritten if nothing happened meanwhile.
  ADD COLUMN turn integer NOT NULL DEFAULT 1,
  -- The provider may have made a room whose id never arrived: it is looked for before another is made, and before it is given up.
  ADD COLUMN unsure boolean NOT NULL DEFAULT false,
  -- Somebody is at work on it until then; a process that died is not waited for longer.
  ADD COLUMN claimed_until timestamptz,
  -- When it was last found without anybody working on it, and put on the queue again.
  ADD COLUMN swept_at timestamptz,
  -- Of rooms that are to be given up: failed attempts in a row, and when the next one is.
  ADD COLUMN release_attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN release_at timestamptz;
CREATE INDEX meeting_former ON meeting (session_id) WHERE data ? 'former';

-- Calls under way at a provider, of all processes; a slot that nobody gave back is free again at its end.
CREATE UNLOGGED TABLE provider_slot (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  install_id uuid NOT NULL REFERENCES plugin_install ON DELETE CASCADE,
  until timestamptz NOT NULL
);
CREATE INDEX provider_slot_install ON provider_slot (install_id);

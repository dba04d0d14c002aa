-- When a close-out went back to its tutor: its waiting is counted from then on.
ALTER TABLE close_out ADD COLUMN sent_back_at timestamptz;

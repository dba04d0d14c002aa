-- A session's page asks which places it took over.
CREATE INDEX attendance_replaced_by ON attendance (replaced_by_id) WHERE replaced_by_id IS NOT NULL;

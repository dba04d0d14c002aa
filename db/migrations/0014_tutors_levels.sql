-- What was typed as a tutor's level of a subject, with commas between several, becomes the levels of the list.
INSERT INTO level (name, position)
SELECT min(name), row_number() OVER (ORDER BY lower(min(name))) + (SELECT coalesce(max(position), 0) FROM level)
FROM tutor_subject, LATERAL (SELECT trim(part) AS name FROM regexp_split_to_table(level, ',') AS part) AS typed
WHERE name <> ''
GROUP BY lower(name)
ON CONFLICT (lower(name)) DO NOTHING;

INSERT INTO tutor_subject_level (tutor_id, subject_id, level_id)
SELECT ts.tutor_id, ts.subject_id, l.id
FROM tutor_subject ts, LATERAL regexp_split_to_table(ts.level, ',') AS part JOIN level l ON lower(l.name) = lower(trim(part))
ON CONFLICT DO NOTHING;

ALTER TABLE tutor_subject DROP COLUMN level;

CREATE INDEX tutor_subject_level_level ON tutor_subject_level (level_id);
CREATE INDEX tutor_pay_group ON tutor (pay_group_id) WHERE pay_group_id IS NOT NULL;

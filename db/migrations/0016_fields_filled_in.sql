-- Sessions that have something in an additional field, so that counting and filtering them reads no others.
CREATE INDEX session_custom ON session (id) WHERE custom <> '{}';

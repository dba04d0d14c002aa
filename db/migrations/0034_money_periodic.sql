-- From when to when a family was in a billing mode with a fee for a period: what its fee goes by, whatever it is switched to.
CREATE TABLE periodic_span (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  client_id uuid NOT NULL REFERENCES client,
  install_id uuid NOT NULL REFERENCES plugin_install,
  starts_on date NOT NULL,
  -- The first day that is not in it any more; NULL: it goes on.
  ends_on date CHECK (ends_on >= starts_on)
);
CREATE UNIQUE INDEX periodic_span_open ON periodic_span (client_id) WHERE ends_on IS NULL;
CREATE INDEX periodic_span_client ON periodic_span (client_id);

-- Meetings at providers: whose account, who was there, what the provider said; rooms of our own. Sealed texts are `enc:v1:...`, opened
-- only where they stand (table, row, column).

-- Accounts -------------------------------------------------------------------------------------------------------------

-- A tutor's own account at a provider, connected by the tutor with OAuth.
CREATE TABLE provider_connection (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  install_id uuid NOT NULL REFERENCES plugin_install ON DELETE CASCADE,
  tutor_id uuid NOT NULL REFERENCES tutor,
  -- The provider's id of the account, and what a person knows it by (an e-mail address).
  account_ref text NOT NULL,
  account_label text NOT NULL,
  scopes text[] NOT NULL DEFAULT '{}',
  -- Sealed JSON {accessToken, refreshToken}; NULL once given up.
  tokens text,
  -- Of the access token.
  expires_at timestamptz,
  -- When the account has to be connected anew; NULL: not known.
  refresh_expires_at timestamptz,
  state text NOT NULL DEFAULT 'connected' CHECK (state IN ('connected', 'expired', 'scope_missing', 'disconnected')),
  -- For a person, while it is neither connected nor given up.
  problem text,
  -- When tutor and office were told of the problem, or of the end that nears.
  told_at timestamptz,
  connected_at timestamptz NOT NULL,
  checked_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (install_id, tutor_id),
  CHECK (tokens IS NOT NULL OR state <> 'connected')
);
CREATE INDEX provider_connection_tutor ON provider_connection (tutor_id);
CREATE TRIGGER provider_connection_touch BEFORE UPDATE ON provider_connection FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- On the way to the provider and back: used once, by the browser session that began it.
CREATE TABLE oauth_request (
  state_hash text PRIMARY KEY,
  install_id uuid NOT NULL REFERENCES plugin_install ON DELETE CASCADE,
  tutor_id uuid NOT NULL REFERENCES tutor,
  session_hash text NOT NULL,
  -- Sealed PKCE verifier.
  verifier text NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz
);

-- The company's own token at a provider, where one has to be fetched.
CREATE TABLE install_credential (
  install_id uuid PRIMARY KEY REFERENCES plugin_install ON DELETE CASCADE,
  -- Sealed JSON {accessToken}.
  tokens text NOT NULL,
  -- Of which settings it was got: others need another.
  settings_hash text NOT NULL,
  expires_at timestamptz NOT NULL
);

-- Meetings -------------------------------------------------------------------------------------------------------------

ALTER TABLE meeting
  -- Of whose account the room is; NULL: of the company's, or none is needed.
  ADD COLUMN connection_id uuid REFERENCES provider_connection ON DELETE SET NULL,
  -- As the provider tells it.
  ADD COLUMN started_at timestamptz,
  ADD COLUMN ended_at timestamptz,
  -- When its report of who was there was read.
  ADD COLUMN presence_read_at timestamptz;
CREATE INDEX meeting_ref ON meeting (install_id, ref) WHERE ref IS NOT NULL;

ALTER TABLE meeting_join
  -- Of a guest who came by a link of their own: the place it is bound to.
  ADD COLUMN attendance_id uuid REFERENCES attendance ON DELETE SET NULL,
  ADD COLUMN guest_name text;

-- The guest link of a place is signed over this number: one more, and those that are out no longer open.
ALTER TABLE attendance ADD COLUMN join_pass integer NOT NULL DEFAULT 1;

-- Who was in the room, from when until when: evidence at close-out, never a decision.
CREATE TABLE meeting_presence (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  install_id uuid REFERENCES plugin_install ON DELETE SET NULL,
  source text NOT NULL CHECK (source IN ('webhook', 'report', 'classroom')),
  -- The provider's id of the person in this meeting.
  person_key text NOT NULL,
  name text NOT NULL,
  email text,
  -- Where it is known who it is.
  user_id uuid REFERENCES users ON DELETE SET NULL,
  attendance_id uuid REFERENCES attendance ON DELETE SET NULL,
  joined_at timestamptz NOT NULL,
  left_at timestamptz CHECK (left_at >= joined_at),
  UNIQUE (session_id, source, person_key, joined_at)
);

-- A provider in trouble is left alone for a while by all processes together.
CREATE TABLE provider_gate (
  install_id uuid PRIMARY KEY REFERENCES plugin_install ON DELETE CASCADE,
  -- In a row.
  failures integer NOT NULL DEFAULT 0,
  closed_until timestamptz,
  code text,
  reason text,
  changed_at timestamptz NOT NULL
);

-- What was asked of providers and what they said, secrets masked; kept for some days.
CREATE TABLE plugin_call (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  install_id uuid NOT NULL REFERENCES plugin_install ON DELETE CASCADE,
  at timestamptz NOT NULL,
  effect text NOT NULL,
  method text NOT NULL,
  url text NOT NULL,
  status integer,
  ms integer NOT NULL,
  error text,
  request text NOT NULL DEFAULT '',
  response text NOT NULL DEFAULT ''
);
CREATE INDEX plugin_call_install ON plugin_call (install_id, at DESC);
CREATE INDEX plugin_call_at ON plugin_call (at);

-- Providers described as data, beside those in plugins/declared.
CREATE TABLE declared_provider (
  id text PRIMARY KEY CHECK (id ~ '^meeting-[a-z0-9-]+$'),
  source text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER declared_provider_touch BEFORE UPDATE ON declared_provider FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- Began at the click of Start Session.
ALTER TABLE session ADD COLUMN instant boolean NOT NULL DEFAULT false;
ALTER TABLE organisation ADD COLUMN meetings jsonb NOT NULL DEFAULT '{}';

-- Camera, microphone and connection as somebody's browser found them.
CREATE TABLE readiness_check (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  session_id uuid REFERENCES session ON DELETE CASCADE,
  checked_at timestamptz NOT NULL,
  ok boolean NOT NULL,
  -- {camera, microphone, speaker, connection, provider: 'ok' | 'missing' | 'denied' | 'weak' | 'not_tested'}
  result jsonb NOT NULL
);
CREATE INDEX readiness_check_user ON readiness_check (user_id, checked_at DESC);

-- The classroom ----------------------------------------------------------------------------------------------------------

CREATE TABLE classroom (
  session_id uuid PRIMARY KEY REFERENCES session ON DELETE CASCADE,
  opened_at timestamptz NOT NULL,
  -- Ended for all by the tutor or the office; the board stays readable.
  ended_at timestamptz,
  ended_by uuid REFERENCES users ON DELETE SET NULL,
  -- Whoever is not the host waits until let in.
  lobby boolean NOT NULL DEFAULT true,
  -- The whiteboard as one Yjs update; what came since is in classroom_update.
  board bytea,
  board_at timestamptz
);
CREATE TABLE classroom_update (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES classroom ON DELETE CASCADE,
  content bytea NOT NULL,
  made_at timestamptz NOT NULL
);
CREATE INDEX classroom_update_session ON classroom_update (session_id, id);

CREATE TABLE classroom_person (
  session_id uuid NOT NULL REFERENCES classroom ON DELETE CASCADE,
  -- The user's id, or the place's of a guest.
  person_key text NOT NULL,
  user_id uuid REFERENCES users ON DELETE SET NULL,
  attendance_id uuid REFERENCES attendance ON DELETE SET NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('host', 'guest', 'observer')),
  state text NOT NULL CHECK (state IN ('waiting', 'admitted', 'refused')),
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (session_id, person_key)
);

CREATE TABLE classroom_file (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  session_id uuid NOT NULL REFERENCES classroom ON DELETE CASCADE,
  -- Shared in the chat, or an image on the board.
  purpose text NOT NULL CHECK (purpose IN ('chat', 'board')),
  name text NOT NULL CHECK (name <> ''),
  -- As found from its first bytes.
  media_type text NOT NULL,
  bytes integer NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL,
  content bytea NOT NULL,
  user_id uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX classroom_file_session ON classroom_file (session_id, created_at);

CREATE TABLE classroom_message (
  -- Made by the sender, so that one sent twice is there once.
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES classroom ON DELETE CASCADE,
  person_key text NOT NULL,
  user_id uuid REFERENCES users ON DELETE SET NULL,
  name text NOT NULL,
  body text NOT NULL,
  file_id uuid REFERENCES classroom_file,
  sent_at timestamptz NOT NULL,
  CHECK (body <> '' OR file_id IS NOT NULL)
);
CREATE INDEX classroom_message_session ON classroom_message (session_id, sent_at);

-- What is too large for a notification on its way from one process to another; of no use after a minute.
CREATE UNLOGGED TABLE classroom_relay (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  payload bytea NOT NULL,
  made_at timestamptz NOT NULL
);

-- Planning: when people can, where, what repeats, who asks for what. Wall times are of the zone named beside them, spans
-- within a day are minutes from its midnight, days are local dates. A last day is included (`..._on`), `valid_to` is not.

-- The rules of planning, checked by app/domain/scheduling/scheduling-rules.ts; a program's and a tutor's are laid over them.
ALTER TABLE organisation ADD COLUMN scheduling jsonb NOT NULL DEFAULT '{}';
ALTER TABLE program
  ADD COLUMN scheduling_overrides jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN in_storefront boolean NOT NULL DEFAULT false;
ALTER TABLE tutor
  ADD COLUMN scheduling_overrides jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN in_storefront boolean NOT NULL DEFAULT false,
  ADD COLUMN storefront_text text NOT NULL DEFAULT '';
-- NULL: as the rules of the tutor, the program and the organisation say.
ALTER TABLE engagement
  ALTER COLUMN who_may_schedule DROP DEFAULT,
  ALTER COLUMN who_may_schedule DROP NOT NULL,
  ADD COLUMN default_minutes integer CHECK (default_minutes BETWEEN 1 AND 1440),
  ADD COLUMN notes text NOT NULL DEFAULT '',
  -- When the tutor was chased, and when the office was told, that nothing is booked.
  ADD COLUMN chased_at timestamptz,
  ADD COLUMN office_told_at timestamptz,
  ADD COLUMN created_by uuid REFERENCES users ON DELETE SET NULL,
  ADD COLUMN version integer NOT NULL DEFAULT 1;
CREATE INDEX engagement_open ON engagement (starts_on) WHERE ends_on IS NULL;

-- Places and travel -----------------------------------------------------------------------------------------------

CREATE TABLE place (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  address text NOT NULL DEFAULT '',
  latitude numeric(9,6) CHECK (latitude BETWEEN -90 AND 90),
  longitude numeric(9,6) CHECK (longitude BETWEEN -180 AND 180),
  -- A family's home; NULL: a place of the company's, or a school.
  client_id uuid REFERENCES client,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((latitude IS NULL) = (longitude IS NULL))
);
CREATE INDEX place_client ON place (client_id);
CREATE TRIGGER place_touch BEFORE UPDATE ON place FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- Beats what coordinates and speed come to; one row a pair, whichever way one goes.
CREATE TABLE travel_time (
  from_place_id uuid NOT NULL REFERENCES place ON DELETE CASCADE,
  to_place_id uuid NOT NULL REFERENCES place ON DELETE CASCADE,
  minutes integer NOT NULL CHECK (minutes BETWEEN 0 AND 1440),
  miles numeric(6,1) CHECK (miles >= 0),
  PRIMARY KEY (from_place_id, to_place_id),
  CHECK (from_place_id < to_place_id)
);

ALTER TABLE room
  ADD COLUMN place_id uuid REFERENCES place,
  ADD COLUMN capacity integer CHECK (capacity BETWEEN 1 AND 500),
  ADD COLUMN notes text NOT NULL DEFAULT '',
  ADD COLUMN version integer NOT NULL DEFAULT 1;

-- When a tutor can teach ------------------------------------------------------------------------------------------

-- In the tutor's zone. A span may end on the next day (end_minute over 1440).
CREATE TABLE availability_rule (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  tutor_id uuid NOT NULL REFERENCES tutor ON DELETE CASCADE,
  -- 1 is Monday.
  weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  start_minute integer NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  end_minute integer NOT NULL CHECK (end_minute <= 2880),
  valid_from date,
  valid_to date,
  CHECK (end_minute > start_minute AND end_minute - start_minute <= 1440),
  CHECK (valid_to > valid_from)
);
CREATE INDEX availability_rule_tutor ON availability_rule (tutor_id);

-- One day that differs: open adds a span, closed takes one away (0 to 1440: the whole day).
CREATE TABLE availability_exception (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  tutor_id uuid NOT NULL REFERENCES tutor ON DELETE CASCADE,
  local_date date NOT NULL,
  open boolean NOT NULL,
  start_minute integer NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  end_minute integer NOT NULL CHECK (end_minute <= 2880),
  note text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (end_minute > start_minute AND end_minute - start_minute <= 1440)
);
CREATE INDEX availability_exception_tutor ON availability_exception (tutor_id, local_date);

CREATE TABLE time_off (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  tutor_id uuid NOT NULL REFERENCES tutor ON DELETE CASCADE,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  -- As it was said, in the zone it was said in.
  wall_start timestamp NOT NULL,
  wall_end timestamp NOT NULL,
  zone text NOT NULL,
  all_day boolean NOT NULL DEFAULT true,
  reason text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'approved', 'declined', 'withdrawn')),
  requested_by uuid REFERENCES users ON DELETE SET NULL,
  decided_by uuid REFERENCES users ON DELETE SET NULL,
  decided_at timestamptz,
  decision_note text NOT NULL DEFAULT '',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (ends_at > starts_at)
);
CREATE INDEX time_off_tutor ON time_off (tutor_id, starts_at) WHERE status IN ('requested', 'approved');
CREATE INDEX time_off_to_decide ON time_off (starts_at) WHERE status = 'requested';

-- Days on which the company, or a program of it, is closed; in the organisation's zone.
CREATE TABLE closure (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  program_id uuid REFERENCES program,
  -- Of a calendar file: its entry, so that the same file again adds nothing.
  uid text UNIQUE,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (ends_on >= starts_on)
);
CREATE INDEX closure_days ON closure (ends_on, starts_on);

-- What repeats ----------------------------------------------------------------------------------------------------

-- The rule behind recurring sessions, in wall time and zone; the sessions are rows, each keyed by its original day.
CREATE TABLE series (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'ser-' || nextval('session_ref'),
  tutor_id uuid NOT NULL REFERENCES tutor,
  program_id uuid NOT NULL REFERENCES program,
  subject_id uuid NOT NULL REFERENCES subject,
  engagement_id uuid REFERENCES engagement,
  room_id uuid REFERENCES room,
  place_id uuid REFERENCES place,
  meeting_install_id uuid REFERENCES plugin_install,
  title text NOT NULL DEFAULT '',
  description text NOT NULL DEFAULT '',
  location text NOT NULL DEFAULT '',
  mode text NOT NULL CHECK (mode IN ('online', 'in_person')),
  billable boolean NOT NULL DEFAULT true,
  capacity integer CHECK (capacity BETWEEN 1 AND 500),
  -- An RFC 5545 RRULE of days, without DTSTART, COUNT and UNTIL: those are the columns below.
  rrule text NOT NULL,
  starts_on date NOT NULL,
  start_minute integer NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 1 AND 1440),
  zone text NOT NULL,
  -- The last day, or how many; both NULL: open, rolled forward by a job.
  until_on date,
  occurrences integer CHECK (occurrences BETWEEN 1 AND 1000),
  -- Up to and including which day its sessions have been made.
  rolled_to date,
  -- The series this one was cut from by an edit of "this and following".
  cut_from_id uuid REFERENCES series,
  ended_at timestamptz,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK (until_on IS NULL OR occurrences IS NULL),
  CHECK (until_on >= starts_on)
);
CREATE INDEX series_tutor ON series (tutor_id);
CREATE INDEX series_open ON series (rolled_to) WHERE until_on IS NULL AND occurrences IS NULL AND ended_at IS NULL;
CREATE TRIGGER series_touch BEFORE UPDATE ON series FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- Who is in it from which day to which (the last included), so that an occurrence made later has the right students.
CREATE TABLE series_student (
  series_id uuid NOT NULL REFERENCES series ON DELETE CASCADE,
  student_id uuid NOT NULL REFERENCES student,
  from_on date NOT NULL,
  to_on date,
  PRIMARY KEY (series_id, student_id, from_on),
  CHECK (to_on >= from_on)
);
CREATE INDEX series_student_student ON series_student (student_id);

-- Days of the rule on which there is no session: left out for a clash, a holiday, a pause, or by hand.
CREATE TABLE series_skip (
  series_id uuid NOT NULL REFERENCES series ON DELETE CASCADE,
  original_date date NOT NULL,
  reason text NOT NULL CHECK (reason IN ('clash', 'closure', 'pause', 'removed')),
  note text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (series_id, original_date)
);

ALTER TABLE session
  ADD COLUMN place_id uuid REFERENCES place,
  ADD COLUMN series_id uuid REFERENCES series,
  -- The day the rule gave it, whatever day it was moved to.
  ADD COLUMN original_date date,
  -- Changed by itself: an edit of the whole series leaves it.
  ADD COLUMN series_exception boolean NOT NULL DEFAULT false,
  -- NULL: the program's.
  ADD COLUMN capacity integer CHECK (capacity BETWEEN 1 AND 500),
  ADD CONSTRAINT session_of_series CHECK ((series_id IS NULL) = (original_date IS NULL));
CREATE UNIQUE INDEX session_series_day ON session (series_id, original_date) WHERE series_id IS NOT NULL;
CREATE INDEX session_engagement ON session (engagement_id) WHERE engagement_id IS NOT NULL;
CREATE INDEX session_replaced_by ON session (replaced_by_id) WHERE replaced_by_id IS NOT NULL;

-- One student's place that was moved alone: where they go instead.
ALTER TABLE attendance ADD COLUMN replaced_by_id uuid REFERENCES session;

-- Groups and courses ----------------------------------------------------------------------------------------------

-- A dated group series that is sold as a whole.
CREATE TABLE course (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'crs-' || nextval('program_ref'),
  series_id uuid NOT NULL UNIQUE REFERENCES series,
  name text NOT NULL CHECK (name <> ''),
  description text NOT NULL DEFAULT '',
  -- Net, in minor units, for the whole of it; NULL: each session is charged by itself.
  price bigint CHECK (price >= 0),
  capacity integer NOT NULL CHECK (capacity BETWEEN 1 AND 500),
  enrol_until date,
  in_storefront boolean NOT NULL DEFAULT false,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER course_touch BEFORE UPDATE ON course FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE course_enrolment (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  course_id uuid NOT NULL REFERENCES course,
  student_id uuid NOT NULL REFERENCES student,
  client_id uuid NOT NULL REFERENCES client,
  -- What was sold, where the course has a price: credits for this course alone.
  credit_lot_id uuid REFERENCES credit_lot,
  enrolled_by uuid REFERENCES users ON DELETE SET NULL,
  enrolled_at timestamptz NOT NULL DEFAULT now(),
  left_at timestamptz
);
CREATE UNIQUE INDEX course_enrolment_once ON course_enrolment (course_id, student_id) WHERE left_at IS NULL;
CREATE INDEX course_enrolment_student ON course_enrolment (student_id);

CREATE TABLE waiting_list (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  -- Of a series (a course's too) or of one group session.
  series_id uuid REFERENCES series ON DELETE CASCADE,
  session_id uuid REFERENCES session ON DELETE CASCADE,
  student_id uuid NOT NULL REFERENCES student,
  note text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'offered', 'placed', 'left')),
  joined_at timestamptz NOT NULL DEFAULT now(),
  offered_at timestamptz,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  CHECK (num_nonnulls(series_id, session_id) = 1)
);
CREATE UNIQUE INDEX waiting_list_once ON waiting_list (coalesce(series_id, session_id), student_id)
  WHERE status IN ('waiting', 'offered');

-- Asking and holding ----------------------------------------------------------------------------------------------

-- What a family, a guest of the storefront or a tutor asks for: a new session, another time for one, or to cancel it.
-- It takes nobody's time until it is accepted.
CREATE TABLE booking_request (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'ask-' || nextval('session_ref'),
  kind text NOT NULL CHECK (kind IN ('new', 'move', 'cancel')),
  source text NOT NULL CHECK (source IN ('family', 'storefront', 'tutor')),
  session_id uuid REFERENCES session,
  engagement_id uuid REFERENCES engagement,
  client_id uuid NOT NULL REFERENCES client,
  student_id uuid NOT NULL REFERENCES student,
  -- NULL: any tutor.
  tutor_id uuid REFERENCES tutor,
  program_id uuid NOT NULL REFERENCES program,
  subject_id uuid NOT NULL REFERENCES subject,
  wall_start timestamp,
  zone text NOT NULL,
  starts_at timestamptz,
  duration_minutes integer CHECK (duration_minutes BETWEEN 1 AND 1440),
  mode text CHECK (mode IN ('online', 'in_person')),
  place_id uuid REFERENCES place,
  location text NOT NULL DEFAULT '',
  note text NOT NULL DEFAULT '',
  -- What the family was told it would cost, in minor units, when they asked.
  fee_said bigint,
  routed_to text NOT NULL DEFAULT 'office' CHECK (routed_to IN ('office', 'tutor')),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'proposed', 'accepted', 'declined', 'withdrawn')),
  -- Other times offered in answer: [{ startsAt, durationMinutes, tutorId }].
  proposals jsonb NOT NULL DEFAULT '[]',
  answer text NOT NULL DEFAULT '',
  decided_by uuid REFERENCES users ON DELETE SET NULL,
  decided_at timestamptz,
  -- The session it became.
  result_session_id uuid REFERENCES session,
  requested_by uuid REFERENCES users ON DELETE SET NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((kind = 'new') = (session_id IS NULL)),
  CHECK (kind = 'cancel' OR (starts_at IS NOT NULL AND duration_minutes IS NOT NULL AND wall_start IS NOT NULL))
);
CREATE INDEX booking_request_open ON booking_request (created_at) WHERE status IN ('open', 'proposed');
CREATE INDEX booking_request_client ON booking_request (client_id);
CREATE INDEX booking_request_session ON booking_request (session_id) WHERE session_id IS NOT NULL;
CREATE TRIGGER booking_request_touch BEFORE UPDATE ON booking_request FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- A time kept for a guest of the storefront while they fill in who they are. It takes the tutor like a session does.
CREATE TABLE hold (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  -- The token travels in the form, since a page within another page may have no cookies.
  token_hash text NOT NULL UNIQUE,
  tutor_id uuid REFERENCES tutor,
  course_id uuid REFERENCES course,
  starts_at timestamptz,
  ends_at timestamptz,
  data jsonb NOT NULL DEFAULT '{}',
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (num_nonnulls(tutor_id, course_id) = 1),
  CHECK (num_nonnulls(tutor_id, starts_at, ends_at) IN (0, 3) AND (ends_at IS NULL OR ends_at > starts_at))
);
CREATE INDEX hold_expires ON hold (expires_at);
CREATE INDEX hold_course ON hold (course_id) WHERE course_id IS NOT NULL;

-- A time is taken by a session or by a hold.
ALTER TABLE session_resource
  DROP CONSTRAINT session_resource_pkey,
  ALTER COLUMN session_id DROP NOT NULL,
  ADD COLUMN hold_id uuid REFERENCES hold ON DELETE CASCADE,
  ADD CONSTRAINT session_resource_of_one CHECK (num_nonnulls(session_id, hold_id) = 1),
  ADD CONSTRAINT session_resource_once UNIQUE (session_id, resource_id);
CREATE INDEX session_resource_hold ON session_resource (hold_id) WHERE hold_id IS NOT NULL;

-- Why something is cancelled: a list the admin keeps.
CREATE TABLE cancellation_reason (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  label text NOT NULL CHECK (label <> ''),
  -- Who may give it.
  said_by text[] NOT NULL DEFAULT '{client,tutor,office}' CHECK (said_by <@ '{client,tutor,office}' AND cardinality(said_by) > 0),
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
INSERT INTO cancellation_reason (label, said_by, position) VALUES
  ('Ill', '{client,tutor,office}', 1),
  ('Away or on holiday', '{client,tutor,office}', 2),
  ('School event or exam', '{client,office}', 3),
  ('Technical trouble', '{client,tutor,office}', 4),
  ('No longer needed', '{client,office}', 5),
  ('Something else', '{client,tutor,office}', 6);
ALTER TABLE cancellation ADD COLUMN reason_id uuid REFERENCES cancellation_reason;

-- Ways out and in -------------------------------------------------------------------------------------------------

-- A personal calendar to subscribe to: an address that can be taken back, of which only the hash is kept.
CREATE TABLE calendar_feed (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  token_hash text NOT NULL UNIQUE,
  name text NOT NULL CHECK (name <> ''),
  -- Whose sessions: of all the user's roles, or of one.
  scope text NOT NULL DEFAULT 'own' CHECK (scope IN ('own', 'tutor', 'family', 'office')),
  last_read_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX calendar_feed_user ON calendar_feed (user_id);

CREATE TABLE saved_view (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  page text NOT NULL CHECK (page IN ('board', 'calendar', 'sessions')),
  name text NOT NULL CHECK (name <> ''),
  -- The page's address after the question mark, without dates.
  search text NOT NULL,
  -- Seen by the whole office.
  shared boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (user_id, page, name)
);

CREATE TABLE api_key (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  -- Its first letters, to tell keys apart; the whole is shown once and kept as a hash.
  prefix text NOT NULL,
  key_hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- The answer a key got to a write, so that the same write again gets the same answer.
CREATE TABLE api_idempotency (
  api_key_id uuid NOT NULL REFERENCES api_key ON DELETE CASCADE,
  key text NOT NULL,
  request_hash text NOT NULL,
  -- NULL: under way.
  status integer,
  body jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (api_key_id, key)
);
CREATE INDEX api_idempotency_created ON api_idempotency (created_at);

-- Changes through a key are told apart in the log.
ALTER TABLE audit_log
  DROP CONSTRAINT audit_log_actor_kind_check,
  ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN ('user', 'system', 'import', 'api', 'guest'));

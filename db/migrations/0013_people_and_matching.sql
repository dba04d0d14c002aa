-- People around their records, requests from enquiry to engagement, matching and offers. Spans within a day are minutes
-- from its midnight, days are local dates, a last day is included (`..._on`).

-- Accents and case folded, for searching: `Žižek` is found by `zizek`. Immutable, so that an index can be built on it.
CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1))
$$;

-- What the admin sets: weights and rules of matching (app/domain/matching/matching-rules.ts), and of people
-- (app/domain/people/people-rules.ts).
ALTER TABLE organisation
  ADD COLUMN matching jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN people jsonb NOT NULL DEFAULT '{}';

-- People ----------------------------------------------------------------------------------------------------------

CREATE TABLE level (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  -- Easier first.
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX level_name ON level (lower(name));

-- At which levels a tutor teaches a subject; none: at every level.
CREATE TABLE tutor_subject_level (
  tutor_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  level_id uuid NOT NULL REFERENCES level,
  PRIMARY KEY (tutor_id, subject_id, level_id),
  FOREIGN KEY (tutor_id, subject_id) REFERENCES tutor_subject ON DELETE CASCADE
);

-- Who is paid by one calendar.
CREATE TABLE pay_group (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX pay_group_name ON pay_group (lower(name));

ALTER TABLE tutor
  -- Only an active tutor is matched, offered anything and shown in the storefront.
  ADD COLUMN status text NOT NULL DEFAULT 'active' CHECK (status IN ('applicant', 'onboarding', 'active', 'dormant', 'left')),
  ADD COLUMN gender text CHECK (gender IN ('female', 'male', 'other')),
  -- Language tags (BCP 47), such as 'en' or 'pt-BR'.
  ADD COLUMN languages text[] NOT NULL DEFAULT '{}',
  ADD COLUMN teaches_online boolean NOT NULL DEFAULT true,
  ADD COLUMN teaches_in_person boolean NOT NULL DEFAULT true,
  -- Where they set out from, and how long they go one way; NULL minutes: no limit.
  ADD COLUMN home_address text NOT NULL DEFAULT '',
  ADD COLUMN home_latitude numeric(9,6) CHECK (home_latitude BETWEEN -90 AND 90),
  ADD COLUMN home_longitude numeric(9,6) CHECK (home_longitude BETWEEN -180 AND 180),
  ADD COLUMN reach_minutes integer CHECK (reach_minutes BETWEEN 0 AND 1440),
  ADD COLUMN wished_hours_per_week numeric(5,2) CHECK (wished_hours_per_week >= 0),
  ADD COLUMN pay_group_id uuid REFERENCES pay_group,
  ADD COLUMN source text NOT NULL DEFAULT 'office' CHECK (source IN ('office', 'application')),
  ADD COLUMN custom jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN erased_at timestamptz,
  ADD CONSTRAINT tutor_home CHECK ((home_latitude IS NULL) = (home_longitude IS NULL));

ALTER TABLE client
  -- A prospect has asked and not yet been taught.
  ADD COLUMN status text NOT NULL DEFAULT 'active' CHECK (status IN ('prospect', 'active')),
  ADD COLUMN custom jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN erased_at timestamptz,
  DROP CONSTRAINT client_source_check,
  ADD CONSTRAINT client_source_check CHECK (source IN ('office', 'storefront', 'enquiry'));

ALTER TABLE student
  ADD COLUMN custom jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN erased_at timestamptz;

ALTER TABLE session ADD COLUMN custom jsonb NOT NULL DEFAULT '{}';

-- Who cares for a student beside the one who pays (student.client_id): sees the child's sessions, not the payer's money.
CREATE TABLE student_guardian (
  student_id uuid NOT NULL REFERENCES student ON DELETE CASCADE,
  client_id uuid NOT NULL REFERENCES client ON DELETE CASCADE,
  relation text NOT NULL DEFAULT '',
  gets_mails boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (student_id, client_id)
);
CREATE INDEX student_guardian_client ON student_guardian (client_id);

-- A tutor that a student must not be given.
CREATE TABLE tutor_exclusion (
  student_id uuid NOT NULL REFERENCES student ON DELETE CASCADE,
  tutor_id uuid NOT NULL REFERENCES tutor ON DELETE CASCADE,
  reason text NOT NULL DEFAULT '',
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (student_id, tutor_id)
);
CREATE INDEX tutor_exclusion_tutor ON tutor_exclusion (tutor_id);

-- Requests: from an enquiry to an engagement ----------------------------------------------------------------------

CREATE TABLE request_stage (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  -- What the product does with it, whatever an admin calls it: `new` is where an enquiry arrives, `offered` where an offer
  -- puts it, `won` where an engagement puts it, `lost` is closed without one.
  kind text NOT NULL CHECK (kind IN ('new', 'working', 'offered', 'won', 'lost')),
  position integer NOT NULL,
  -- A request that stands longer in it is marked; NULL: never.
  ageing_days integer CHECK (ageing_days BETWEEN 1 AND 365),
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX request_stage_name ON request_stage (lower(name)) WHERE archived_at IS NULL;
INSERT INTO request_stage (name, kind, position, ageing_days) VALUES
  ('New', 'new', 1, 1), ('In contact', 'working', 2, 3), ('Matching', 'working', 3, 3),
  ('Offered', 'offered', 4, 2), ('Engaged', 'won', 5, NULL), ('Lost', 'lost', 6, NULL);

ALTER TABLE request
  ADD COLUMN stage_id uuid REFERENCES request_stage,
  ADD COLUMN stage_since timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN source text NOT NULL DEFAULT 'office' CHECK (source IN ('office', 'enquiry', 'family', 'import')),
  ADD COLUMN level_id uuid REFERENCES level,
  ADD COLUMN place_id uuid REFERENCES place,
  -- Where, in their own words, while there is no place.
  ADD COLUMN location text NOT NULL DEFAULT '',
  -- Of one session.
  ADD COLUMN session_minutes integer CHECK (session_minutes BETWEEN 1 AND 1440),
  ADD COLUMN sessions_per_week integer CHECK (sessions_per_week BETWEEN 1 AND 14),
  -- The zone of the times below (request_time).
  ADD COLUMN zone text,
  ADD COLUMN starts_on date,
  ADD COLUMN ends_on date,
  ADD COLUMN urgency text NOT NULL DEFAULT 'normal' CHECK (urgency IN ('low', 'normal', 'high')),
  ADD COLUMN wish_gender text CHECK (wish_gender IN ('female', 'male', 'other')),
  ADD COLUMN wish_languages text[] NOT NULL DEFAULT '{}',
  -- A tutor they know, or were told of.
  ADD COLUMN wish_tutor_id uuid REFERENCES tutor,
  ADD COLUMN assignee_id uuid REFERENCES users ON DELETE SET NULL,
  ADD COLUMN closed_reason text NOT NULL DEFAULT '',
  ADD COLUMN closed_at timestamptz,
  ADD COLUMN custom jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN created_by uuid REFERENCES users ON DELETE SET NULL,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD CONSTRAINT request_days CHECK (ends_on >= starts_on);
UPDATE request r SET stage_id = s.id FROM request_stage s
WHERE s.kind = CASE r.stage WHEN 'new' THEN 'new' WHEN 'offered' THEN 'offered' WHEN 'engaged' THEN 'won'
                            WHEN 'closed' THEN 'lost' ELSE 'working' END
  AND (s.kind <> 'working' OR s.name = 'Matching');
ALTER TABLE request ALTER COLUMN stage_id SET NOT NULL, DROP COLUMN stage;
CREATE INDEX request_stage_of ON request (stage_id, stage_since);
CREATE INDEX request_client ON request (client_id);
CREATE INDEX request_student ON request (student_id);

-- When they can, in the request's zone; `wished` beats merely possible. None: any time.
CREATE TABLE request_time (
  request_id uuid NOT NULL REFERENCES request ON DELETE CASCADE,
  -- 1 is Monday.
  weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  start_minute integer NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  end_minute integer NOT NULL CHECK (end_minute BETWEEN 1 AND 1440),
  wished boolean NOT NULL,
  PRIMARY KEY (request_id, weekday, start_minute),
  CHECK (end_minute > start_minute)
);

-- Around a person or a request: tags, notes, files ----------------------------------------------------------------

CREATE TABLE tag (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX tag_name ON tag (lower(name));

-- What hangs on a person or a request names just one of them. A request's tags are the wishes for a tutor's (a style).
CREATE TABLE tag_use (
  tag_id uuid NOT NULL REFERENCES tag ON DELETE CASCADE,
  tutor_id uuid REFERENCES tutor ON DELETE CASCADE,
  client_id uuid REFERENCES client ON DELETE CASCADE,
  student_id uuid REFERENCES student ON DELETE CASCADE,
  request_id uuid REFERENCES request ON DELETE CASCADE,
  CHECK (num_nonnulls(tutor_id, client_id, student_id, request_id) = 1)
);
CREATE UNIQUE INDEX tag_use_once ON tag_use (coalesce(tutor_id, client_id, student_id, request_id), tag_id);
CREATE INDEX tag_use_tag ON tag_use (tag_id);

CREATE TABLE note (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  tutor_id uuid REFERENCES tutor,
  client_id uuid REFERENCES client,
  student_id uuid REFERENCES student,
  request_id uuid REFERENCES request,
  body text NOT NULL CHECK (body <> ''),
  -- admins: owner and admin; office: the whole office; tutor: the tutor it is about, or the student's tutors too;
  -- family: the family it is about, too.
  visibility text NOT NULL DEFAULT 'office' CHECK (visibility IN ('admins', 'office', 'tutor', 'family')),
  pinned boolean NOT NULL DEFAULT false,
  author_id uuid REFERENCES users ON DELETE SET NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK (num_nonnulls(tutor_id, client_id, student_id, request_id) = 1)
);
CREATE INDEX note_of ON note (coalesce(tutor_id, client_id, student_id, request_id), created_at);
CREATE TRIGGER note_touch BEFORE UPDATE ON note FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE file (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  tutor_id uuid REFERENCES tutor,
  client_id uuid REFERENCES client,
  student_id uuid REFERENCES student,
  request_id uuid REFERENCES request,
  name text NOT NULL CHECK (name <> ''),
  -- As found from its first bytes, not as the browser said.
  media_type text NOT NULL,
  bytes integer NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL,
  visibility text NOT NULL DEFAULT 'office' CHECK (visibility IN ('admins', 'office', 'tutor', 'family')),
  uploaded_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (num_nonnulls(tutor_id, client_id, student_id, request_id) = 1)
);
CREATE INDEX file_of ON file (coalesce(tutor_id, client_id, student_id, request_id), created_at);
-- Apart, so that a list of files reads none of them.
CREATE TABLE file_content (
  file_id uuid PRIMARY KEY REFERENCES file ON DELETE CASCADE,
  content bytea NOT NULL
);

-- Clearances and documents of tutors ------------------------------------------------------------------------------

CREATE TABLE clearance_type (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  -- Whom the lack of a valid one keeps from being matched: nobody, who teaches in person, everyone.
  required text NOT NULL DEFAULT 'none' CHECK (required IN ('none', 'in_person', 'always')),
  -- How long one is good for, when its paper doesn't say; NULL: for ever.
  valid_months integer CHECK (valid_months BETWEEN 1 AND 240),
  -- Days before the expiry on which tutor and office are reminded.
  remind_days integer[] NOT NULL DEFAULT '{60,30,7,0}',
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX clearance_type_name ON clearance_type (lower(name)) WHERE archived_at IS NULL;

CREATE TABLE clearance (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  tutor_id uuid NOT NULL REFERENCES tutor,
  type_id uuid NOT NULL REFERENCES clearance_type,
  number text NOT NULL DEFAULT '',
  issued_on date,
  -- The last day on which it is good.
  expires_on date,
  file_id uuid REFERENCES file ON DELETE SET NULL,
  status text NOT NULL DEFAULT 'to_check' CHECK (status IN ('to_check', 'valid', 'rejected')),
  note text NOT NULL DEFAULT '',
  checked_by uuid REFERENCES users ON DELETE SET NULL,
  checked_at timestamptz,
  -- Of its remind_days the last one that was told; NULL: none yet.
  reminded_days integer,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (expires_on >= issued_on)
);
CREATE INDEX clearance_tutor ON clearance (tutor_id, type_id);
CREATE INDEX clearance_expires ON clearance (expires_on) WHERE status = 'valid' AND expires_on IS NOT NULL;

-- What an admin adds without code ---------------------------------------------------------------------------------

-- Values are kept in the record's `custom`, by the field's id.
CREATE TABLE custom_field (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  entity text NOT NULL CHECK (entity IN ('tutor', 'client', 'student', 'request', 'session')),
  -- Its name in mails and exports; fixed once made.
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  label text NOT NULL CHECK (label <> ''),
  help text NOT NULL DEFAULT '',
  type text NOT NULL CHECK (type IN ('text', 'long_text', 'number', 'date', 'yes_no', 'choice', 'choices', 'email', 'phone', 'url')),
  -- Of a choice: [{ id, label, archived }], the id is what is stored.
  choices jsonb NOT NULL DEFAULT '[]',
  required boolean NOT NULL DEFAULT false,
  -- Who sees it beside owner and admin, and who of them may fill it in.
  seen_by text[] NOT NULL DEFAULT '{scheduler}' CHECK (seen_by <@ '{scheduler,tutor,family}'),
  edited_by text[] NOT NULL DEFAULT '{scheduler}' CHECK (edited_by <@ seen_by),
  in_public_form boolean NOT NULL DEFAULT false,
  in_list boolean NOT NULL DEFAULT false,
  filterable boolean NOT NULL DEFAULT false,
  in_mail boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  UNIQUE (entity, key)
);

-- What a public form asks: built-in fields by name, custom ones by id, in the order of the array.
CREATE TABLE public_form (
  kind text PRIMARY KEY CHECK (kind IN ('application', 'enquiry')),
  enabled boolean NOT NULL DEFAULT false,
  intro text NOT NULL DEFAULT '',
  thanks text NOT NULL DEFAULT '',
  -- [{ field, required }]
  fields jsonb NOT NULL DEFAULT '[]',
  embed_origins text[] NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1
);
INSERT INTO public_form (kind) VALUES ('application'), ('enquiry');

CREATE TABLE checklist_item (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  role text NOT NULL CHECK (role IN ('tutor', 'client', 'student')),
  label text NOT NULL CHECK (label <> ''),
  help text NOT NULL DEFAULT '',
  -- Who ticks it; NULL with a `fact`: nobody, it is read from the records.
  done_by text CHECK (done_by IN ('office', 'person')),
  fact text CHECK (fact IN ('signed_in', 'has_hours', 'clearances_valid', 'has_subjects', 'has_room', 'has_address', 'has_booking')),
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CHECK (num_nonnulls(done_by, fact) = 1)
);

CREATE TABLE checklist_tick (
  item_id uuid NOT NULL REFERENCES checklist_item ON DELETE CASCADE,
  tutor_id uuid REFERENCES tutor ON DELETE CASCADE,
  client_id uuid REFERENCES client ON DELETE CASCADE,
  student_id uuid REFERENCES student ON DELETE CASCADE,
  ticked_by uuid REFERENCES users ON DELETE SET NULL,
  ticked_at timestamptz NOT NULL DEFAULT now(),
  CHECK (num_nonnulls(tutor_id, client_id, student_id) = 1)
);
CREATE UNIQUE INDEX checklist_tick_once ON checklist_tick (item_id, coalesce(tutor_id, client_id, student_id));

-- Tasks -----------------------------------------------------------------------------------------------------------

CREATE TABLE task (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  title text NOT NULL CHECK (title <> ''),
  body text NOT NULL DEFAULT '',
  assignee_id uuid REFERENCES users ON DELETE SET NULL,
  due_on date,
  tutor_id uuid REFERENCES tutor,
  client_id uuid REFERENCES client,
  student_id uuid REFERENCES student,
  request_id uuid REFERENCES request,
  session_id uuid REFERENCES session,
  -- Made by an event: which, and the key by which the same event makes it once.
  event text,
  event_key text UNIQUE,
  done_at timestamptz,
  done_by uuid REFERENCES users ON DELETE SET NULL,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (num_nonnulls(tutor_id, client_id, student_id, request_id, session_id) <= 1)
);
CREATE INDEX task_open ON task (due_on) WHERE done_at IS NULL;
CREATE INDEX task_about ON task (coalesce(tutor_id, client_id, student_id, request_id, session_id));

-- Which event makes which task.
CREATE TABLE task_rule (
  event text PRIMARY KEY,
  enabled boolean NOT NULL,
  title text NOT NULL CHECK (title <> ''),
  due_in_days integer NOT NULL DEFAULT 1 CHECK (due_in_days BETWEEN 0 AND 365),
  -- NULL: nobody's yet.
  assignee_id uuid REFERENCES users ON DELETE SET NULL,
  version integer NOT NULL DEFAULT 1
);

-- Matching and offers ---------------------------------------------------------------------------------------------

-- All open requests matched at once: the facts it was solved on, and what came out.
CREATE TABLE matching_run (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'solving', 'solved', 'failed', 'stopped')),
  rules jsonb NOT NULL,
  -- { phase, seconds, value, bound, gap, requests, tutors, pairs }
  progress jsonb NOT NULL DEFAULT '{}',
  error text,
  -- The run this one was solved again from, with its vetoes and pins.
  from_run_id uuid REFERENCES matching_run,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  heartbeat_at timestamptz
);

CREATE TABLE matching_pick (
  run_id uuid NOT NULL REFERENCES matching_run ON DELETE CASCADE,
  request_id uuid NOT NULL REFERENCES request,
  -- NULL: nobody could be given.
  tutor_id uuid REFERENCES tutor,
  score integer,
  -- What the page shows of it: the parts of the score, times, alternatives with what they would cost.
  detail jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'accepted', 'dropped')),
  PRIMARY KEY (run_id, request_id)
);

-- What a person said of a pair, for this and later runs: never, or in any case.
CREATE TABLE matching_wish (
  request_id uuid NOT NULL REFERENCES request ON DELETE CASCADE,
  tutor_id uuid NOT NULL REFERENCES tutor ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('veto', 'pin')),
  reason text NOT NULL DEFAULT '',
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (request_id, tutor_id)
);
CREATE UNIQUE INDEX matching_wish_one_pin ON matching_wish (request_id) WHERE kind = 'pin';

CREATE TABLE offer (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'off-' || nextval('session_ref'),
  request_id uuid NOT NULL REFERENCES request,
  -- One tutor, several in turn, or all at once: the first to accept has it.
  kind text NOT NULL CHECK (kind IN ('one', 'in_order', 'all')),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'accepted', 'exhausted', 'withdrawn')),
  program_id uuid NOT NULL REFERENCES program,
  subject_id uuid NOT NULL REFERENCES subject,
  -- What would begin: { startsOn, endsOn, sessionMinutes, mode, placeId, location, times: [{ weekday, startMinute }], zone }
  terms jsonb NOT NULL,
  -- By hour, in minor units; NULL: as the rates say. Only of the engagement that comes of it.
  charge_rate bigint CHECK (charge_rate >= 0),
  pay_rate bigint CHECK (pay_rate >= 0),
  who_may_schedule text CHECK (who_may_schedule IN ('office', 'tutor', 'family', 'any')),
  message text NOT NULL DEFAULT '',
  -- How long each has to answer.
  answer_hours integer NOT NULL CHECK (answer_hours BETWEEN 1 AND 720),
  engagement_id uuid REFERENCES engagement,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CHECK ((status = 'open') = (closed_at IS NULL)),
  CHECK ((status = 'accepted') = (engagement_id IS NOT NULL))
);
-- At one time one offer of a request is out, so that two tutors can't both get it.
CREATE UNIQUE INDEX offer_one_open ON offer (request_id) WHERE status = 'open';
CREATE INDEX offer_request ON offer (request_id);

CREATE TABLE offer_tutor (
  offer_id uuid NOT NULL REFERENCES offer ON DELETE CASCADE,
  tutor_id uuid NOT NULL REFERENCES tutor,
  position integer NOT NULL,
  -- waiting: their turn has not come; lost: somebody else accepted.
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'sent', 'accepted', 'declined', 'expired', 'lost', 'withdrawn')),
  sent_at timestamptz,
  expires_at timestamptz,
  reminded_at timestamptz,
  answered_at timestamptz,
  decline_reason text NOT NULL DEFAULT '',
  -- Of the pair when it was offered: { score, parts }.
  score jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (offer_id, tutor_id),
  CHECK ((status IN ('waiting', 'withdrawn')) OR sent_at IS NOT NULL)
);
CREATE UNIQUE INDEX offer_tutor_one_accepts ON offer_tutor (offer_id) WHERE status = 'accepted';
CREATE INDEX offer_tutor_expires ON offer_tutor (expires_at) WHERE status = 'sent';
CREATE INDEX offer_tutor_tutor ON offer_tutor (tutor_id, sent_at);

-- Two records of one person made one ------------------------------------------------------------------------------

CREATE TABLE merge (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  kind text NOT NULL CHECK (kind IN ('tutor', 'client', 'student')),
  kept_id uuid NOT NULL,
  merged_id uuid NOT NULL,
  -- The row that was merged, what the kept one said before, and which rows were moved: what undoing needs.
  before jsonb NOT NULL,
  moved jsonb NOT NULL,
  done_by uuid REFERENCES users ON DELETE SET NULL,
  done_at timestamptz NOT NULL DEFAULT now(),
  undone_by uuid REFERENCES users ON DELETE SET NULL,
  undone_at timestamptz
);
CREATE INDEX merge_kept ON merge (kept_id);

-- What took place, and everybody told: close-outs with goals, ratings, files and drafts; policies with steps, make-ups and terms;
-- feedback, conversations; mails as data, their log, and who wants which.

ALTER TABLE organisation
  -- What is asked at close-out, who is chased when, what families see: app/domain/closeout/close-out-rules.ts.
  ADD COLUMN closeouts jsonb NOT NULL DEFAULT '{}',
  -- Reminders, quiet hours, who gets what, relayed messages: app/domain/messages/message-rules.ts.
  ADD COLUMN messages jsonb NOT NULL DEFAULT '{}';

-- The language a person without an account is written to in (BCP 47); an account's own comes first, NULL: the organisation's.
ALTER TABLE client ADD COLUMN locale text;
ALTER TABLE student ADD COLUMN locale text;
ALTER TABLE tutor ADD COLUMN locale text;

-- Policies ---------------------------------------------------------------------------------------------------------------

-- What "per term" means: dates of the company's own, none over another.
CREATE TABLE term (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  starts_on date NOT NULL,
  -- Its last day.
  ends_on date NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (ends_on >= starts_on),
  EXCLUDE USING gist (daterange(starts_on, ends_on, '[]') WITH &&)
);

ALTER TABLE attendance
  -- What the step of notice that held when the place was cancelled says, per cent; NULL: the outcome's own percentages hold.
  ADD COLUMN step_charge_percent numeric CHECK (step_charge_percent BETWEEN 0 AND 100),
  ADD COLUMN step_pay_percent numeric CHECK (step_pay_percent BETWEEN 0 AND 100),
  -- Why a late cancellation or a no-show is not charged: one of the term's free ones, or a lesson made up for instead.
  ADD COLUMN waived_as text CHECK (waived_as IN ('free', 'make_up')),
  -- The term whose free one it took.
  ADD COLUMN waived_term_id uuid REFERENCES term,
  -- The tutor's, of how it went with this student: 1 to 5.
  ADD COLUMN rating smallint CHECK (rating BETWEEN 1 AND 5),
  -- What was done about a student who did not come; the office's and the tutor's.
  ADD COLUMN absence_note text NOT NULL DEFAULT '',
  -- Of this student alone; NULL: the close-out's, which is everybody's.
  ADD COLUMN homework text,
  ADD COLUMN homework_done_at timestamptz,
  ADD COLUMN homework_done_by uuid REFERENCES users ON DELETE SET NULL,
  -- What the student says to it.
  ADD COLUMN homework_answer text NOT NULL DEFAULT '',
  ADD CHECK ((step_charge_percent IS NULL) = (step_pay_percent IS NULL)),
  ADD CHECK (waived_term_id IS NULL OR waived_as = 'free');

-- A lesson that was cancelled late or not come to, and may be made up for until a day instead of being charged.
CREATE TABLE make_up (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  -- The place it is for.
  attendance_id uuid NOT NULL UNIQUE REFERENCES attendance,
  student_id uuid NOT NULL REFERENCES student,
  program_id uuid NOT NULL REFERENCES program,
  minutes integer NOT NULL CHECK (minutes > 0),
  -- Its last day, in the organisation's zone.
  expires_on date NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'used', 'expired', 'given_up')),
  -- The place that makes up for it.
  used_attendance_id uuid UNIQUE REFERENCES attendance,
  decided_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((state = 'used') = (used_attendance_id IS NOT NULL))
);
CREATE INDEX make_up_open ON make_up (student_id, expires_on) WHERE state = 'open';

-- Close-outs -------------------------------------------------------------------------------------------------------------

ALTER TABLE close_out
  -- What the tutor is paid for, where the program tells it apart from what is billed; NULL: the same.
  ADD COLUMN paid_minutes integer CHECK (paid_minutes BETWEEN 0 AND 1440),
  ADD COLUMN homework_due_on date,
  -- For the family, in a few sentences.
  ADD COLUMN summary text NOT NULL DEFAULT '',
  -- Of the form that was sent, made by the page: the same form sent twice is one close-out.
  ADD COLUMN submission_key uuid;

-- What a tutor has typed and not yet submitted.
CREATE TABLE close_out_draft (
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- The form's fields as they were typed.
  body jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (session_id, user_id)
);

-- Texts that notes begin with.
CREATE TABLE note_template (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  body text NOT NULL CHECK (body <> ''),
  -- Offered for this program or subject alone; NULL: for any.
  program_id uuid REFERENCES program,
  subject_id uuid REFERENCES subject,
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX note_template_name ON note_template (lower(name)) WHERE archived_at IS NULL;

-- What a student works towards.
CREATE TABLE goal (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  student_id uuid NOT NULL REFERENCES student,
  subject_id uuid REFERENCES subject,
  title text NOT NULL CHECK (title <> ''),
  description text NOT NULL DEFAULT '',
  due_on date,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'reached', 'dropped')),
  -- Families see it.
  shared boolean NOT NULL DEFAULT true,
  position integer NOT NULL DEFAULT 0,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX goal_student ON goal (student_id);
CREATE TRIGGER goal_touch BEFORE UPDATE ON goal FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- How far it is: 1 (not begun) to 5 (reached), once a session.
CREATE TABLE goal_rating (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  goal_id uuid NOT NULL REFERENCES goal ON DELETE CASCADE,
  -- NULL: outside a session.
  session_id uuid REFERENCES session ON DELETE CASCADE,
  rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
  note text NOT NULL DEFAULT '',
  rated_on date NOT NULL,
  rated_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (goal_id, session_id)
);
CREATE INDEX goal_rating_session ON goal_rating (session_id);

-- Files that hang on a session.
CREATE TABLE session_file (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  -- Of one student's place; NULL: everybody's in the session.
  student_id uuid REFERENCES student,
  -- homework, resource: from the tutor to the families; answer: from a student to the tutor; material: before the session;
  -- receipt: the tutor's and the office's alone.
  kind text NOT NULL CHECK (kind IN ('homework', 'resource', 'answer', 'material', 'receipt')),
  name text NOT NULL CHECK (name <> ''),
  -- As found from its first bytes.
  media_type text NOT NULL,
  bytes integer NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL,
  uploaded_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (kind <> 'answer' OR student_id IS NOT NULL)
);
CREATE INDEX session_file_session ON session_file (session_id, created_at);
CREATE TABLE session_file_content (
  file_id uuid PRIMARY KEY REFERENCES session_file ON DELETE CASCADE,
  content bytea NOT NULL
);

-- Links: before the session to prepare, after it to go on.
ALTER TABLE session_material ADD COLUMN phase text NOT NULL DEFAULT 'before' CHECK (phase IN ('before', 'after'));

-- Which step of chasing a session's close-out went out.
CREATE TABLE close_out_chase (
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  -- tutor:120 (minutes after the end), tutor:day:2, office
  step text NOT NULL,
  sent_at timestamptz NOT NULL,
  PRIMARY KEY (session_id, step)
);

-- Feedback ---------------------------------------------------------------------------------------------------------------

-- What one side says of a session after it: once a person and student, changed while it is fresh.
CREATE TABLE feedback (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  student_id uuid NOT NULL REFERENCES student,
  tutor_id uuid NOT NULL REFERENCES tutor,
  side text NOT NULL CHECK (side IN ('tutor', 'client', 'student')),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
  body text NOT NULL DEFAULT '',
  -- The office has seen to it.
  seen_at timestamptz,
  seen_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (session_id, student_id, side, user_id)
);
CREATE INDEX feedback_tutor ON feedback (tutor_id, created_at);
CREATE TRIGGER feedback_touch BEFORE UPDATE ON feedback FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- Conversations ----------------------------------------------------------------------------------------------------------

-- Between a tutor and the family of one student; the office reads along.
CREATE TABLE conversation (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  tutor_id uuid NOT NULL REFERENCES tutor,
  student_id uuid NOT NULL REFERENCES student,
  last_message_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tutor_id, student_id)
);
CREATE INDEX conversation_student ON conversation (student_id);

CREATE TABLE conversation_message (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  side text NOT NULL CHECK (side IN ('tutor', 'client', 'student', 'office')),
  -- NULL: by mail from somebody without an account.
  sender_user_id uuid REFERENCES users ON DELETE SET NULL,
  -- Of the family's, who wrote: the client or guardian; NULL: the student or the tutor.
  sender_client_id uuid REFERENCES client,
  body text NOT NULL CHECK (body <> ''),
  via text NOT NULL DEFAULT 'page' CHECK (via IN ('page', 'mail')),
  -- Of the mail it came in by, or of the page's form: the same once.
  source_key text UNIQUE,
  -- Taken out by the office: nobody else reads it.
  removed_at timestamptz,
  removed_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX conversation_message_of ON conversation_message (conversation_id, created_at);

CREATE TABLE conversation_read (
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
);

-- Mails ------------------------------------------------------------------------------------------------------------------

-- A mail as an administrator has written it, per language; the highest version holds. Never changed: history.
CREATE TABLE mail_template_version (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  -- The name of a folder in emails/.
  template text NOT NULL,
  -- Language (BCP 47).
  locale text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  -- Back to what ships: the texts are then empty.
  is_default boolean NOT NULL DEFAULT false,
  subject text NOT NULL DEFAULT '',
  -- MJML with Handlebars, without the frame; plain text.
  body text NOT NULL DEFAULT '',
  plain text NOT NULL DEFAULT '',
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (template, locale, version)
);
CREATE TRIGGER mail_template_version_immutable BEFORE UPDATE OF template, locale, version, is_default, subject, body, plain OR DELETE
  ON mail_template_version FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What an address does not want, or wants otherwise than is usual.
CREATE TABLE mail_preference (
  address citext NOT NULL,
  -- A kind of mail that may be declined: app/domain/messages/mail-kinds.ts.
  kind text NOT NULL,
  wanted boolean NOT NULL,
  -- Of reminders: how many minutes before, the reader's own; NULL: the organisation's.
  minutes_before integer[],
  via text NOT NULL DEFAULT 'page' CHECK (via IN ('page', 'link', 'office')),
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (address, kind)
);

-- Addresses that mails come back from: nothing more is sent there until somebody clears it.
CREATE TABLE mail_block (
  address citext PRIMARY KEY,
  -- hard: there is no such mailbox; complaint: told as spam; by_hand
  cause text NOT NULL CHECK (cause IN ('hard', 'complaint', 'by_hand')),
  detail text NOT NULL DEFAULT '',
  mail_id uuid,
  created_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE mail_message DROP CONSTRAINT mail_message_status_check;
ALTER TABLE mail_message
  -- bounced: came back after it was sent; withheld: not wanted, blocked, or overtaken by what happened (see `error`)
  ADD CONSTRAINT mail_message_status_check
    CHECK (status IN ('queued', 'sending', 'sent', 'captured', 'failed', 'bounced', 'withheld')),
  -- Not before this (quiet hours).
  ADD COLUMN not_before timestamptz,
  -- When a process ended between sending it and noting that: it may have arrived twice.
  ADD COLUMN doubtful_at timestamptz,
  ADD COLUMN bounced_at timestamptz,
  -- The mail that this one repeats.
  ADD COLUMN resend_of uuid REFERENCES mail_message ON DELETE SET NULL,
  -- As which version of an administrator's it went out; NULL: as what ships.
  ADD COLUMN template_version_id uuid REFERENCES mail_template_version;
CREATE INDEX mail_message_waiting ON mail_message (created_at) WHERE status IN ('queued', 'sending');

-- Lectern's first schema. Money is bigint in minor units of its commodity (credits have two decimals, so hundredths),
-- time is integer minutes, instants are timestamptz, wall times are timestamp, percentages exact numeric.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- PostgreSQL 18 has uuidv7(), 15 hasn't: one function for both. Time-ordered, so that indexes grow at their end.
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
              PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
              FROM 1 FOR 6),
      52, 1), 53, 1),
    'hex')::uuid
$$;

CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- Plugins ---------------------------------------------------------------------------------------------------------

CREATE TABLE plugin_install (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  plugin_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('billing', 'meeting', 'payment', 'payroll', 'calendar', 'notification')),
  name text NOT NULL CHECK (name <> ''),
  state text NOT NULL DEFAULT 'enabled' CHECK (state IN ('enabled', 'test', 'disabled', 'degraded')),
  settings jsonb NOT NULL DEFAULT '{}',
  config_version integer NOT NULL DEFAULT 1,
  last_error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX plugin_install_plugin ON plugin_install (plugin_id);
CREATE TRIGGER plugin_install_touch BEFORE UPDATE ON plugin_install FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- One row proves at boot that the key ring at hand opens what was sealed.
CREATE TABLE key_canary (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  sealed text NOT NULL
);

-- Organisation ----------------------------------------------------------------------------------------------------

CREATE TABLE organisation (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  name text NOT NULL CHECK (name <> ''),
  timezone text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  locale text NOT NULL DEFAULT 'en',
  address text NOT NULL DEFAULT '',
  email text,
  phone text,
  support_contact text,
  tax_number text,
  billing_install_id uuid REFERENCES plugin_install,
  meeting_install_id uuid REFERENCES plugin_install,
  -- What is asked of a booking: durations (minutes), grid (minutes), join window (minutes).
  durations integer[] NOT NULL DEFAULT '{30,45,60,90,120}',
  grid_minutes integer NOT NULL DEFAULT 15 CHECK (grid_minutes BETWEEN 1 AND 60),
  join_window_minutes integer NOT NULL DEFAULT 10 CHECK (join_window_minutes BETWEEN 0 AND 120),
  policies jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER organisation_touch BEFORE UPDATE ON organisation FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- The rules in force for a session, addressed by their content; a session keeps the version it was booked under.
CREATE TABLE policy_version (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  hash text NOT NULL UNIQUE,
  rules jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER policy_version_immutable BEFORE UPDATE OR DELETE ON policy_version
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Users and signing in --------------------------------------------------------------------------------------------

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  email citext NOT NULL UNIQUE CHECK (email LIKE '%_@_%'),
  name text NOT NULL DEFAULT '',
  timezone text,
  locale text,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE user_role (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'scheduler', 'tutor', 'client', 'student')),
  PRIMARY KEY (user_id, role)
);

-- Apart from users, because the sign-in library reads whole rows of users.
CREATE TABLE user_password (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  hash text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sign_in_session (
  id text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  absolute_expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  ip text,
  user_agent text
);
CREATE INDEX sign_in_session_user ON sign_in_session (user_id);

CREATE TABLE user_token (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  purpose text NOT NULL CHECK (purpose IN ('invite', 'reset')),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  email citext NOT NULL,
  token_hash text NOT NULL UNIQUE,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX user_token_user ON user_token (user_id);

CREATE TABLE rate_limit (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

-- People, programs, subjects --------------------------------------------------------------------------------------
-- `ref` is the company's own reference: kept from an import, numbered here otherwise, shown in every export.

CREATE SEQUENCE person_ref START 1001;
CREATE SEQUENCE program_ref START 101;
CREATE SEQUENCE session_ref START 100001;
CREATE SEQUENCE document_ref START 1001;

CREATE TABLE subject (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'sub-' || nextval('program_ref'),
  name text NOT NULL CHECK (name <> ''),
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER subject_touch BEFORE UPDATE ON subject FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE program (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'prg-' || nextval('program_ref'),
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL DEFAULT 'one_to_one' CHECK (kind IN ('one_to_one', 'group', 'course')),
  capacity integer NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 500),
  charge_basis text NOT NULL DEFAULT 'per_student' CHECK (charge_basis IN ('per_student', 'split')),
  tax_percent numeric(7,4) NOT NULL DEFAULT 0 CHECK (tax_percent BETWEEN 0 AND 100),
  policy_overrides jsonb NOT NULL DEFAULT '{}',
  -- NULL: the organisation's.
  durations integer[],
  default_duration integer CHECK (default_duration > 0),
  meeting_install_id uuid REFERENCES plugin_install,
  description text NOT NULL DEFAULT '',
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER program_touch BEFORE UPDATE ON program FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- Whatever can be taken at a time: the row that a booking locks.
CREATE TABLE resource (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('tutor', 'student', 'room'))
);

CREATE TABLE tutor (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'tut-' || nextval('person_ref'),
  user_id uuid UNIQUE REFERENCES users ON DELETE SET NULL,
  first_name text NOT NULL CHECK (first_name <> ''),
  last_name text NOT NULL DEFAULT '',
  email citext,
  phone text,
  timezone text NOT NULL,
  max_hours_per_week numeric(5,2) CHECK (max_hours_per_week >= 0),
  buffer_minutes integer NOT NULL DEFAULT 0 CHECK (buffer_minutes BETWEEN 0 AND 480),
  personal_room_url text,
  notes text NOT NULL DEFAULT '',
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER tutor_touch BEFORE UPDATE ON tutor FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE tutor_subject (
  tutor_id uuid NOT NULL REFERENCES tutor ON DELETE CASCADE,
  subject_id uuid NOT NULL REFERENCES subject,
  level text NOT NULL DEFAULT '',
  PRIMARY KEY (tutor_id, subject_id)
);

CREATE TABLE client (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'cli-' || nextval('person_ref'),
  user_id uuid UNIQUE REFERENCES users ON DELETE SET NULL,
  name text NOT NULL CHECK (name <> ''),
  email citext,
  phone text,
  address text NOT NULL DEFAULT '',
  timezone text,
  -- NULL: the organisation's.
  billing_install_id uuid REFERENCES plugin_install,
  notes text NOT NULL DEFAULT '',
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER client_touch BEFORE UPDATE ON client FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE student (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'stu-' || nextval('person_ref'),
  client_id uuid NOT NULL REFERENCES client,
  user_id uuid UNIQUE REFERENCES users ON DELETE SET NULL,
  first_name text NOT NULL CHECK (first_name <> ''),
  last_name text NOT NULL DEFAULT '',
  email citext,
  grade text NOT NULL DEFAULT '',
  timezone text,
  notes text NOT NULL DEFAULT '',
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX student_client ON student (client_id);
CREATE TRIGGER student_touch BEFORE UPDATE ON student FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE room (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL UNIQUE CHECK (name <> ''),
  archived_at timestamptz
);

CREATE FUNCTION add_resource() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO resource (id, kind) VALUES (NEW.id, TG_TABLE_NAME);
  RETURN NEW;
END $$;
CREATE TRIGGER tutor_resource AFTER INSERT ON tutor FOR EACH ROW EXECUTE FUNCTION add_resource();
CREATE TRIGGER student_resource AFTER INSERT ON student FOR EACH ROW EXECUTE FUNCTION add_resource();
CREATE TRIGGER room_resource AFTER INSERT ON room FOR EACH ROW EXECUTE FUNCTION add_resource();

CREATE TABLE rate (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  -- Set by an import, so that the same file again is seen as the same rows.
  ref text UNIQUE,
  side text NOT NULL CHECK (side IN ('charge', 'pay')),
  program_id uuid REFERENCES program,
  subject_id uuid REFERENCES subject,
  tutor_id uuid REFERENCES tutor,
  student_id uuid REFERENCES student,
  amount_per_hour bigint NOT NULL CHECK (amount_per_hour >= 0),
  valid_from date NOT NULL,
  valid_to date,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK (valid_to > valid_from),
  CONSTRAINT rate_one_per_scope_and_day EXCLUDE USING gist (
    side WITH =,
    coalesce(program_id, '00000000-0000-0000-0000-000000000000') WITH =,
    coalesce(subject_id, '00000000-0000-0000-0000-000000000000') WITH =,
    coalesce(tutor_id, '00000000-0000-0000-0000-000000000000') WITH =,
    coalesce(student_id, '00000000-0000-0000-0000-000000000000') WITH =,
    daterange(valid_from, valid_to) WITH &&
  )
);
CREATE TRIGGER rate_touch BEFORE UPDATE ON rate FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE request (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'req-' || nextval('person_ref'),
  client_id uuid REFERENCES client,
  student_id uuid REFERENCES student,
  subject_id uuid REFERENCES subject,
  program_id uuid REFERENCES program,
  stage text NOT NULL DEFAULT 'new' CHECK (stage IN ('new', 'matching', 'offered', 'engaged', 'closed')),
  hours_per_week numeric(5,2),
  mode text CHECK (mode IN ('online', 'in_person')),
  wishes text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER request_touch BEFORE UPDATE ON request FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE engagement (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  request_id uuid REFERENCES request,
  tutor_id uuid NOT NULL REFERENCES tutor,
  student_id uuid NOT NULL REFERENCES student,
  program_id uuid NOT NULL REFERENCES program,
  subject_id uuid NOT NULL REFERENCES subject,
  who_may_schedule text NOT NULL DEFAULT 'office' CHECK (who_may_schedule IN ('office', 'tutor', 'family', 'any')),
  hours_per_week numeric(5,2),
  starts_on date NOT NULL,
  ends_on date,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK (ends_on >= starts_on)
);
CREATE INDEX engagement_tutor ON engagement (tutor_id);
CREATE INDEX engagement_student ON engagement (student_id);
CREATE TRIGGER engagement_touch BEFORE UPDATE ON engagement FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- Sessions --------------------------------------------------------------------------------------------------------

CREATE TABLE session (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'ses-' || nextval('session_ref'),
  tutor_id uuid NOT NULL REFERENCES tutor,
  program_id uuid NOT NULL REFERENCES program,
  subject_id uuid NOT NULL REFERENCES subject,
  engagement_id uuid REFERENCES engagement,
  room_id uuid REFERENCES room,
  title text NOT NULL DEFAULT '',
  description text NOT NULL DEFAULT '',
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 1 AND 1440),
  -- The wall time and zone it was planned in; starts_at is what they meant at booking.
  wall_start timestamp NOT NULL,
  zone text NOT NULL,
  -- Its start date in the organisation's zone: the day that picks the rate and the period.
  local_date date NOT NULL,
  mode text NOT NULL CHECK (mode IN ('online', 'in_person')),
  location text NOT NULL DEFAULT '',
  billable boolean NOT NULL DEFAULT true,
  status text NOT NULL DEFAULT 'scheduled' CHECK (status IN
    ('requested', 'scheduled', 'closed_out', 'approved', 'declined', 'cancelled', 'late_cancelled', 'no_show', 'tutor_no_show', 'rescheduled')),
  policy_version_id uuid NOT NULL REFERENCES policy_version,
  -- By hand, per hour, with a reason; beats every rate.
  charge_rate_override bigint CHECK (charge_rate_override >= 0),
  pay_rate_override bigint CHECK (pay_rate_override >= 0),
  rate_override_reason text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  plan text NOT NULL DEFAULT '',
  replaced_by_id uuid REFERENCES session,
  settled_at timestamptz,
  -- Whether the policy `auto` may close it out at its end: not after a close-out of it was refused.
  auto_complete boolean NOT NULL DEFAULT true,
  -- Why no pay item: unclosed, unapproved, missing_rate, no_pay, cancelled; NULL when there is one.
  pay_left_out text,
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK (ends_at = starts_at + make_interval(mins => duration_minutes)),
  CHECK (rate_override_reason <> '' OR (charge_rate_override IS NULL AND pay_rate_override IS NULL))
);
CREATE INDEX session_starts_at ON session (starts_at);
CREATE INDEX session_tutor_starts_at ON session (tutor_id, starts_at);
CREATE INDEX session_local_date ON session (local_date);
CREATE INDEX session_open ON session (ends_at) WHERE status = 'scheduled';
CREATE TRIGGER session_touch BEFORE UPDATE ON session FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- Who is taken when. The tutor's range is padded by the buffer on its end only, so that buffers don't double.
CREATE TABLE session_resource (
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  resource_id uuid NOT NULL REFERENCES resource,
  busy tstzrange NOT NULL CHECK (NOT isempty(busy)),
  blocking boolean NOT NULL DEFAULT true,
  PRIMARY KEY (session_id, resource_id),
  CONSTRAINT session_resource_no_double_booking
    EXCLUDE USING gist (resource_id WITH =, busy WITH &&) WHERE (blocking) DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX session_resource_start ON session_resource (resource_id, lower(busy)) WHERE blocking;

CREATE TABLE attendance (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  session_id uuid NOT NULL REFERENCES session,
  student_id uuid NOT NULL REFERENCES student,
  -- Payer and billing mode as they were at booking: changing either changes nothing already planned.
  client_id uuid NOT NULL REFERENCES client,
  billing_install_id uuid NOT NULL REFERENCES plugin_install,
  outcome text NOT NULL DEFAULT 'planned' CHECK (outcome IN
    ('planned', 'attended', 'no_show', 'late_cancel', 'cancelled', 'tutor_no_show', 'technical_failure')),
  marked_at timestamptz,
  note text NOT NULL DEFAULT '',
  -- Copied from the policy at settlement.
  charge_percent numeric,
  pay_percent numeric,
  minutes integer,
  settled_at timestamptz,
  -- Why it is on no invoice: cancelled, non_billable, a billing mode's code, unclosed, unapproved, missing_rate, no_charge; NULL when there is a charge.
  left_out text,
  -- What the billing mode wants a person to see, such as credits below zero.
  flag text,
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (session_id, student_id)
);
CREATE INDEX attendance_student ON attendance (student_id);
CREATE INDEX attendance_client ON attendance (client_id);

-- What was said, kept as said: of two cancellations of one place the first counts.
CREATE TABLE cancellation (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  session_id uuid NOT NULL REFERENCES session,
  -- NULL: the whole session.
  student_id uuid REFERENCES student,
  cancelled_at timestamptz NOT NULL,
  cancelled_by text NOT NULL CHECK (cancelled_by IN ('client', 'tutor', 'office')),
  reason text NOT NULL DEFAULT '',
  recorded_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX cancellation_once ON cancellation (session_id, coalesce(student_id, '00000000-0000-0000-0000-000000000000'), cancelled_at, cancelled_by);

CREATE TABLE close_out (
  session_id uuid PRIMARY KEY REFERENCES session,
  actual_starts_at timestamptz NOT NULL,
  actual_minutes integer NOT NULL CHECK (actual_minutes BETWEEN 0 AND 1440),
  miles numeric CHECK (miles BETWEEN 0 AND 99999),
  notes text NOT NULL DEFAULT '',
  private_note text NOT NULL DEFAULT '',
  homework text NOT NULL DEFAULT '',
  next_topics text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'submitted' CHECK (status IN ('submitted', 'sent_back', 'approved')),
  sent_back_reason text NOT NULL DEFAULT '',
  automatic boolean NOT NULL DEFAULT false,
  submitted_at timestamptz NOT NULL,
  submitted_by uuid REFERENCES users ON DELETE SET NULL,
  approved_at timestamptz,
  approved_by uuid REFERENCES users ON DELETE SET NULL,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER close_out_touch BEFORE UPDATE ON close_out FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE session_material (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  title text NOT NULL CHECK (title <> ''),
  url text NOT NULL CHECK (url ~ '^https?://'),
  added_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_material_session ON session_material (session_id);

CREATE TABLE session_question (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  asked_by uuid REFERENCES users ON DELETE SET NULL,
  body text NOT NULL CHECK (body <> ''),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_question_session ON session_question (session_id);

-- Meetings --------------------------------------------------------------------------------------------------------

CREATE TABLE meeting (
  session_id uuid PRIMARY KEY REFERENCES session ON DELETE CASCADE,
  install_id uuid NOT NULL REFERENCES plugin_install,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'ready', 'failed', 'released')),
  ref text,
  join_url text,
  data jsonb NOT NULL DEFAULT '{}',
  error_code text,
  error text,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX meeting_unwell ON meeting (state) WHERE state IN ('pending', 'failed');
CREATE TRIGGER meeting_touch BEFORE UPDATE ON meeting FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE meeting_join (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  user_id uuid REFERENCES users ON DELETE SET NULL,
  role text NOT NULL,
  joined_at timestamptz NOT NULL
);
CREATE INDEX meeting_join_session ON meeting_join (session_id, joined_at);

-- The books -------------------------------------------------------------------------------------------------------

CREATE TABLE account (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  code text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('asset', 'liability', 'income', 'expense', 'equity')),
  -- The organisation's currency, or CREDIT.
  commodity text NOT NULL,
  client_id uuid REFERENCES client,
  tutor_id uuid REFERENCES tutor,
  -- A counter kept by trigger; never below the floor, NULL: no floor.
  balance bigint NOT NULL DEFAULT 0,
  floor bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT account_floor CHECK (floor IS NULL OR balance >= floor)
);
CREATE INDEX account_client ON account (client_id);

CREATE TABLE ledger_transaction (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  idempotency_key text NOT NULL UNIQUE,
  effective_on date NOT NULL,
  description text NOT NULL,
  session_id uuid REFERENCES session,
  attendance_id uuid REFERENCES attendance,
  posted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ledger_transaction_attendance ON ledger_transaction (attendance_id) WHERE attendance_id IS NOT NULL;

CREATE TABLE ledger_entry (
  transaction_id uuid NOT NULL REFERENCES ledger_transaction,
  account_id uuid NOT NULL REFERENCES account,
  amount bigint NOT NULL CHECK (amount <> 0),
  balance_after bigint NOT NULL DEFAULT 0,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (transaction_id, account_id)
);
CREATE INDEX ledger_entry_account ON ledger_entry (account_id, seq);

CREATE TRIGGER ledger_transaction_append_only BEFORE UPDATE OR DELETE ON ledger_transaction
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transaction_no_truncate BEFORE TRUNCATE ON ledger_transaction
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The counter of the account: an UPDATE that adds, so that 24 at once on 10 give exactly 10.
CREATE FUNCTION ledger_entry_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE account SET balance = balance + NEW.amount WHERE id = NEW.account_id RETURNING balance INTO NEW.balance_after;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_count BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_count();

CREATE FUNCTION ledger_transaction_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong text;
BEGIN
  SELECT a.commodity || ' ' || sum(e.amount) INTO wrong
  FROM ledger_entry e JOIN account a ON a.id = e.account_id
  WHERE e.transaction_id = NEW.transaction_id
  GROUP BY a.commodity HAVING sum(e.amount) <> 0 LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'ledger transaction % does not balance: %', NEW.transaction_id, wrong USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_balanced AFTER INSERT ON ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_transaction_balanced();

-- A balance changes through an entry alone.
CREATE FUNCTION account_balance_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.balance IS DISTINCT FROM OLD.balance AND pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'the balance of % changes through ledger entries only', OLD.code USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.commodity <> OLD.commodity THEN
    RAISE EXCEPTION 'the commodity of % is fixed', OLD.code USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_balance_guard BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION account_balance_guard();

-- Credits are lots with an expiry; each lot is an account of its own (commodity CREDIT), restricted ones used first.
CREATE TABLE credit_lot (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'pkg-' || nextval('document_ref'),
  client_id uuid NOT NULL REFERENCES client,
  student_id uuid REFERENCES student,
  program_id uuid REFERENCES program,
  account_id uuid NOT NULL UNIQUE REFERENCES account,
  credits bigint NOT NULL CHECK (credits > 0),
  price bigint NOT NULL CHECK (price >= 0),
  tax_percent numeric(7,4) NOT NULL DEFAULT 0,
  purchased_on date NOT NULL,
  -- The last day whose sessions it serves; NULL: never expires.
  expires_on date,
  note text NOT NULL DEFAULT '',
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (expires_on >= purchased_on)
);
CREATE INDEX credit_lot_client ON credit_lot (client_id);

-- Invoices --------------------------------------------------------------------------------------------------------

CREATE TABLE number_series (
  name text PRIMARY KEY,
  prefix text NOT NULL DEFAULT '',
  digits integer NOT NULL DEFAULT 5,
  next_number bigint NOT NULL DEFAULT 1
);
INSERT INTO number_series (name, prefix) VALUES ('invoice', 'INV-'), ('credit_note', 'CN-');

CREATE TABLE invoice_run (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  period_from date NOT NULL,
  -- Half-open: the first day that is outside.
  period_to date NOT NULL CHECK (period_to > period_from),
  preview_hash text NOT NULL,
  status text NOT NULL DEFAULT 'issuing' CHECK (status IN ('issuing', 'issued')),
  confirmed_at timestamptz NOT NULL,
  confirmed_by uuid REFERENCES users ON DELETE SET NULL,
  finished_at timestamptz
);
CREATE INDEX invoice_run_period ON invoice_run (period_from, period_to);

-- What a client owes for one thing, net; made when a place is settled in a mode that invoices, or a package is sold.
CREATE TABLE charge (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  kind text NOT NULL CHECK (kind IN ('session', 'package')),
  client_id uuid NOT NULL REFERENCES client,
  attendance_id uuid REFERENCES attendance,
  credit_lot_id uuid REFERENCES credit_lot,
  revision integer NOT NULL DEFAULT 1,
  local_date date NOT NULL,
  description text NOT NULL,
  minutes integer,
  net bigint NOT NULL CHECK (net <> 0),
  tax_percent numeric(7,4) NOT NULL DEFAULT 0,
  -- What it was worked out from: rate, its row, minutes, percent, share.
  reason jsonb NOT NULL DEFAULT '{}',
  settled_at timestamptz NOT NULL,
  -- Claimed by a confirmed run; then it is fixed.
  run_id uuid REFERENCES invoice_run,
  -- Its date was in a period whose run had gone out before it was settled.
  late boolean NOT NULL DEFAULT false,
  -- A credit note took it back; a changed session is charged again as the next revision.
  reversed_at timestamptz,
  CHECK ((kind = 'session') = (attendance_id IS NOT NULL)),
  CHECK ((kind = 'package') = (credit_lot_id IS NOT NULL)),
  UNIQUE (attendance_id, revision),
  UNIQUE (credit_lot_id, revision)
);
CREATE INDEX charge_unbilled ON charge (local_date) WHERE run_id IS NULL;
CREATE INDEX charge_run ON charge (run_id);
CREATE INDEX charge_client ON charge (client_id);

CREATE FUNCTION charge_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.run_id IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'reversed_at') = (to_jsonb(OLD) - 'reversed_at') THEN
    RETURN NEW;
  END IF;
  -- As a serialisation failure: who read it before it was claimed reads again, and finds it fixed.
  RAISE EXCEPTION 'charge % is on an invoice run: % refused', OLD.id, TG_OP USING ERRCODE = 'serialization_failure';
END $$;
CREATE TRIGGER charge_guard BEFORE UPDATE OR DELETE ON charge FOR EACH ROW EXECUTE FUNCTION charge_guard();

CREATE TABLE invoice (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  run_id uuid NOT NULL REFERENCES invoice_run,
  series text NOT NULL REFERENCES number_series,
  number bigint NOT NULL,
  number_text text NOT NULL UNIQUE,
  client_id uuid NOT NULL REFERENCES client,
  -- Name, address and company as they were.
  client_ref text NOT NULL,
  client_name text NOT NULL,
  client_email text,
  client_address text NOT NULL,
  company jsonb NOT NULL,
  currency text NOT NULL,
  net bigint NOT NULL,
  tax bigint NOT NULL,
  total bigint NOT NULL,
  issued_on date NOT NULL,
  due_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (series, number),
  UNIQUE (run_id, client_id),
  CHECK (total = net + tax)
);
CREATE INDEX invoice_client ON invoice (client_id);

CREATE TABLE invoice_line (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  invoice_id uuid NOT NULL REFERENCES invoice,
  position integer NOT NULL,
  charge_id uuid NOT NULL UNIQUE REFERENCES charge,
  kind text NOT NULL,
  ref text NOT NULL,
  student_ref text NOT NULL DEFAULT '',
  local_date date NOT NULL,
  description text NOT NULL,
  minutes integer,
  net bigint NOT NULL,
  tax_percent numeric(7,4) NOT NULL,
  late boolean NOT NULL DEFAULT false,
  reason jsonb NOT NULL DEFAULT '{}',
  UNIQUE (invoice_id, position)
);

CREATE TABLE invoice_tax (
  invoice_id uuid NOT NULL REFERENCES invoice,
  tax_percent numeric(7,4) NOT NULL,
  net bigint NOT NULL,
  tax bigint NOT NULL,
  PRIMARY KEY (invoice_id, tax_percent)
);

CREATE TABLE credit_note (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  invoice_id uuid NOT NULL REFERENCES invoice,
  series text NOT NULL REFERENCES number_series,
  number bigint NOT NULL,
  number_text text NOT NULL UNIQUE,
  reason text NOT NULL CHECK (reason <> ''),
  net bigint NOT NULL,
  tax bigint NOT NULL,
  total bigint NOT NULL,
  issued_on date NOT NULL,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (series, number),
  CHECK (total = net + tax)
);
CREATE INDEX credit_note_invoice ON credit_note (invoice_id);

-- A line is taken back whole, once, as the exact negative.
CREATE TABLE credit_note_line (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  credit_note_id uuid NOT NULL REFERENCES credit_note,
  invoice_line_id uuid NOT NULL UNIQUE REFERENCES invoice_line,
  net bigint NOT NULL,
  tax_percent numeric(7,4) NOT NULL
);
CREATE INDEX credit_note_line_note ON credit_note_line (credit_note_id);

CREATE TRIGGER invoice_fixed BEFORE UPDATE OR DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_line_fixed BEFORE UPDATE OR DELETE ON invoice_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_tax_fixed BEFORE UPDATE OR DELETE ON invoice_tax FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_note_fixed BEFORE UPDATE OR DELETE ON credit_note FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_note_line_fixed BEFORE UPDATE OR DELETE ON credit_note_line FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE payment (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  client_id uuid NOT NULL REFERENCES client,
  amount bigint NOT NULL CHECK (amount > 0),
  received_on date NOT NULL,
  method text NOT NULL CHECK (method IN ('cash', 'cheque', 'transfer', 'card', 'other')),
  reference text NOT NULL DEFAULT '',
  recorded_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX payment_client ON payment (client_id);
CREATE TRIGGER payment_fixed BEFORE UPDATE OR DELETE ON payment FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE payment_allocation (
  payment_id uuid NOT NULL REFERENCES payment,
  invoice_id uuid NOT NULL REFERENCES invoice,
  amount bigint NOT NULL CHECK (amount > 0),
  PRIMARY KEY (payment_id, invoice_id)
);
CREATE INDEX payment_allocation_invoice ON payment_allocation (invoice_id);

-- Pay -------------------------------------------------------------------------------------------------------------

CREATE TABLE pay_run (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  period_from date NOT NULL,
  period_to date NOT NULL CHECK (period_to > period_from),
  preview_hash text NOT NULL,
  status text NOT NULL DEFAULT 'approved' CHECK (status IN ('approved', 'exported', 'void')),
  approved_at timestamptz NOT NULL,
  approved_by uuid REFERENCES users ON DELETE SET NULL,
  exported_at timestamptz,
  export_hash text,
  voided_at timestamptz,
  void_reason text NOT NULL DEFAULT ''
);
CREATE INDEX pay_run_period ON pay_run (period_from, period_to);

CREATE TABLE pay_item (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  kind text NOT NULL CHECK (kind IN ('session', 'mileage', 'bonus', 'correction', 'expense')),
  tutor_id uuid NOT NULL REFERENCES tutor,
  session_id uuid REFERENCES session,
  -- Of an import: its row, so that the same file again adds nothing.
  ref text UNIQUE,
  revision integer NOT NULL DEFAULT 1,
  local_date date NOT NULL,
  minutes integer,
  amount bigint NOT NULL CHECK (amount <> 0),
  note text NOT NULL DEFAULT '',
  reason jsonb NOT NULL DEFAULT '{}',
  settled_at timestamptz NOT NULL,
  run_id uuid REFERENCES pay_run,
  late boolean NOT NULL DEFAULT false,
  -- The item of a run that was approved, which this one corrects.
  corrects_id uuid REFERENCES pay_item,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (kind NOT IN ('session', 'mileage') OR session_id IS NOT NULL)
);
CREATE UNIQUE INDEX pay_item_once ON pay_item (session_id, kind, revision) WHERE kind IN ('session', 'mileage');
CREATE INDEX pay_item_unpaid ON pay_item (local_date) WHERE run_id IS NULL;
CREATE INDEX pay_item_run ON pay_item (run_id);
CREATE INDEX pay_item_tutor ON pay_item (tutor_id, local_date);

CREATE FUNCTION pay_item_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.run_id IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  -- A void frees the lines.
  IF TG_OP = 'UPDATE' AND NEW.run_id IS NULL
     AND (to_jsonb(NEW) - 'run_id' - 'late') = (to_jsonb(OLD) - 'run_id' - 'late')
     AND EXISTS (SELECT 1 FROM pay_run WHERE id = OLD.run_id AND status = 'void') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'pay item % is in a pay run: % refused', OLD.id, TG_OP USING ERRCODE = 'serialization_failure';
END $$;
CREATE TRIGGER pay_item_guard BEFORE UPDATE OR DELETE ON pay_item FOR EACH ROW EXECUTE FUNCTION pay_item_guard();

-- Around it -------------------------------------------------------------------------------------------------------

CREATE TABLE mail_message (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  template text NOT NULL,
  to_address text NOT NULL,
  to_name text NOT NULL DEFAULT '',
  user_id uuid REFERENCES users ON DELETE SET NULL,
  session_id uuid REFERENCES session ON DELETE CASCADE,
  invoice_id uuid REFERENCES invoice,
  data jsonb NOT NULL,
  -- queued, sent, captured (development: shown on a page, not sent), failed for good
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sending', 'sent', 'captured', 'failed')),
  dedupe_key text UNIQUE,
  attempts integer NOT NULL DEFAULT 0,
  error text,
  sent_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX mail_message_session ON mail_message (session_id);
CREATE INDEX mail_message_created ON mail_message (created_at DESC);

CREATE TABLE idempotency_key (
  scope text NOT NULL,
  key text NOT NULL,
  user_id uuid REFERENCES users ON DELETE CASCADE,
  result jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (scope, key)
);

CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- No foreign key: the log outlives whom it names, and holds ids alone.
  actor_user_id uuid,
  actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'system', 'import')),
  action text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid,
  session_id uuid,
  before jsonb,
  after jsonb,
  reason text NOT NULL DEFAULT '',
  request_id text
);
CREATE INDEX audit_log_subject ON audit_log (subject_type, subject_id, id);
CREATE INDEX audit_log_session ON audit_log (session_id, id) WHERE session_id IS NOT NULL;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

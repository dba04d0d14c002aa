-- Everything money: wizards, documents, packages, payments, pay calendars, rates, corrections, books.
-- Amounts are bigint in minor units (credits: hundredths), times integer minutes, days `date` in the organisation's zone.

-- What an administrator sets about money, read by app/domain/billing/money-settings.ts, which knows every key and its default.
ALTER TABLE organisation
  ADD COLUMN money jsonb NOT NULL DEFAULT '{}',
  -- The company's logo on documents; the picture itself never changes, so that an issued document keeps the one it had.
  ADD COLUMN logo_sha256 text,
  -- The last day that is closed: nothing is posted on it or before it.
  ADD COLUMN books_closed_to date;

-- Pictures on documents, by their content.
CREATE TABLE document_picture (
  sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  content bytea NOT NULL,
  type text NOT NULL CHECK (type IN ('image/png', 'image/jpeg')),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER document_picture_fixed BEFORE UPDATE OR DELETE ON document_picture FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE organisation ADD FOREIGN KEY (logo_sha256) REFERENCES document_picture;

-- The names of taxes, as they stand on documents ("VAT 23 %"); programs, packages and lines take the percentage.
CREATE TABLE tax_rate (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  percent numeric(7,4) NOT NULL CHECK (percent BETWEEN 0 AND 100),
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX tax_rate_name ON tax_rate (lower(name)) WHERE archived_at IS NULL;

ALTER TABLE client
  -- No reminder of what is overdue goes to this family, and no late fee.
  ADD COLUMN no_reminders boolean NOT NULL DEFAULT false,
  -- What is invoiced is taken from the saved card, after the organisation's delay.
  ADD COLUMN auto_charge boolean NOT NULL DEFAULT false,
  -- Below so many hundredths of a credit the family is told; NULL: as the organisation says.
  ADD COLUMN low_credits bigint CHECK (low_credits >= 0),
  ADD COLUMN low_credits_told_at timestamptz,
  -- Sold anew by itself when the credits run low; NULL: nothing is.
  ADD COLUMN top_up_package_id uuid,
  -- Of a billing mode with a periodic fee: from which day it runs.
  ADD COLUMN periodic_from date;

-- Invoice runs ------------------------------------------------------------------------------------------------------

-- Of whom a run is; NULL: of all. A run covers the days of its period for what its scope takes in, and nothing else.
ALTER TABLE invoice_run
  ADD COLUMN client_ids uuid[],
  ADD COLUMN program_ids uuid[],
  ADD COLUMN billing_install_ids uuid[],
  -- Families are sent their invoices as the run is issued; false: when somebody sends them.
  ADD COLUMN send_mails boolean NOT NULL DEFAULT true,
  ADD COLUMN sent_at timestamptz,
  -- The schedule that made it.
  ADD COLUMN schedule_id uuid,
  -- Why it stopped, as its page and the dashboard say; NULL: it didn't.
  ADD COLUMN stopped_because text;

-- With a second person's approval: what one administrator has put together, and another confirms or sends back.
CREATE TABLE invoice_run_proposal (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  period_from date NOT NULL,
  period_to date NOT NULL CHECK (period_to > period_from),
  client_ids uuid[],
  program_ids uuid[],
  billing_install_ids uuid[],
  send_mails boolean NOT NULL DEFAULT true,
  preview_hash text NOT NULL,
  -- The preview's `seen`, so that what changed since can be said.
  seen text NOT NULL DEFAULT '',
  proposed_by uuid REFERENCES users ON DELETE SET NULL,
  proposed_at timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'confirmed', 'sent_back')),
  decided_by uuid REFERENCES users ON DELETE SET NULL,
  decided_at timestamptz,
  note text NOT NULL DEFAULT '',
  run_id uuid REFERENCES invoice_run,
  CHECK ((status = 'confirmed') = (run_id IS NOT NULL)),
  CHECK (status = 'open' OR decided_by IS DISTINCT FROM proposed_by OR decided_by IS NULL OR status = 'sent_back')
);
CREATE INDEX invoice_run_proposal_open ON invoice_run_proposal (proposed_at) WHERE status = 'open';

-- Runs that begin by themselves.
CREATE TABLE invoice_schedule (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  every text NOT NULL CHECK (every IN ('week', 'fortnight', 'month')),
  -- The day the next run is made on; its period ends before it.
  next_on date NOT NULL,
  client_ids uuid[],
  program_ids uuid[],
  billing_install_ids uuid[],
  -- prepare: administrators are told and look; issue: it is issued where nothing blocks it.
  does text NOT NULL DEFAULT 'prepare' CHECK (does IN ('prepare', 'issue')),
  paused boolean NOT NULL DEFAULT false,
  last_result text NOT NULL DEFAULT '',
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE invoice_run ADD FOREIGN KEY (schedule_id) REFERENCES invoice_schedule ON DELETE SET NULL;

-- A family whose lines wait: in no run until it is let go.
CREATE TABLE invoice_hold (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  client_id uuid NOT NULL REFERENCES client,
  reason text NOT NULL CHECK (reason <> ''),
  held_by uuid REFERENCES users ON DELETE SET NULL,
  held_at timestamptz NOT NULL,
  released_at timestamptz,
  released_by uuid REFERENCES users ON DELETE SET NULL
);
CREATE UNIQUE INDEX invoice_hold_once ON invoice_hold (client_id) WHERE released_at IS NULL;

-- Lines beside sessions and packages: an extra (books, an exam fee), a discount (negative), a write-off of what is
-- unbilled (negative, takes its session's line back to nothing), a late fee, a periodic fee.
ALTER TABLE charge
  DROP CONSTRAINT charge_kind_check,
  DROP CONSTRAINT charge_check,
  DROP CONSTRAINT charge_check1,
  ADD COLUMN created_by uuid REFERENCES users ON DELETE SET NULL,
  -- For whom an extra line is, where it is for one child.
  ADD COLUMN student_id uuid REFERENCES student,
  -- What a write-off or a discount is about.
  ADD COLUMN about_charge_id uuid REFERENCES charge,
  -- Of a periodic fee: whose mode, and the first day of its period.
  ADD COLUMN periodic_install_id uuid REFERENCES plugin_install,
  ADD COLUMN periodic_from date,
  ADD COLUMN periodic_key text,
  ADD CONSTRAINT charge_kind_check CHECK (kind IN ('session', 'package', 'extra', 'discount', 'write_off', 'late_fee', 'periodic')),
  ADD CONSTRAINT charge_of_session CHECK ((kind = 'session') = (attendance_id IS NOT NULL)),
  ADD CONSTRAINT charge_of_package CHECK ((kind = 'package') = (credit_lot_id IS NOT NULL)),
  ADD CONSTRAINT charge_of_period CHECK ((kind = 'periodic') = (periodic_from IS NOT NULL AND periodic_install_id IS NOT NULL)),
  ADD CONSTRAINT charge_sign CHECK (kind = 'periodic' OR (net < 0) = (kind IN ('discount', 'write_off')));
CREATE UNIQUE INDEX charge_periodic ON charge (client_id, periodic_install_id, periodic_from, periodic_key, revision) WHERE kind = 'periodic';
-- One live invoice line per place: a place is charged again only after its line was taken back.
CREATE UNIQUE INDEX charge_live_place ON charge (attendance_id) WHERE reversed_at IS NULL;
-- A line is written off once.
CREATE UNIQUE INDEX charge_written_off ON charge (about_charge_id) WHERE kind = 'write_off' AND reversed_at IS NULL;

-- Documents ---------------------------------------------------------------------------------------------------------

-- A prefix may hold {year}; a yearly series begins at 1 each year, in a row of its own ('invoice:2026').
ALTER TABLE number_series
  ADD COLUMN yearly boolean NOT NULL DEFAULT false,
  ADD COLUMN of_series text REFERENCES number_series,
  ADD COLUMN year integer,
  ADD CHECK ((of_series IS NULL) = (year IS NULL)),
  ADD CHECK (digits BETWEEN 1 AND 12);

-- A line can be taken back in parts; together they never exceed it.
ALTER TABLE credit_note_line DROP CONSTRAINT credit_note_line_invoice_line_id_key;
CREATE INDEX credit_note_line_line ON credit_note_line (invoice_line_id);
CREATE FUNCTION credit_note_line_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line invoice_line;
  credited bigint;
BEGIN
  SELECT * INTO line FROM invoice_line WHERE id = NEW.invoice_line_id FOR UPDATE;
  SELECT coalesce(sum(net), 0) INTO credited FROM credit_note_line WHERE invoice_line_id = NEW.invoice_line_id AND id <> NEW.id;
  IF sign(NEW.net) <> -sign(line.net) OR abs(credited + NEW.net) > abs(line.net) THEN
    RAISE EXCEPTION 'credit notes of line % would exceed it', line.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER credit_note_line_within BEFORE INSERT ON credit_note_line FOR EACH ROW EXECUTE FUNCTION credit_note_line_within();
ALTER TABLE credit_note
  -- Name, address and company as they were; NULL: of before, taken from the invoice.
  ADD COLUMN company jsonb;

-- Reminders of what is overdue, a step after the other.
CREATE TABLE reminder_step (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  days_after_due integer NOT NULL CHECK (days_after_due BETWEEN -30 AND 365),
  subject text NOT NULL CHECK (subject <> ''),
  text text NOT NULL DEFAULT '',
  -- A late fee that the step adds: an amount, or a percentage of what is open, or both.
  fee bigint NOT NULL DEFAULT 0 CHECK (fee >= 0),
  fee_percent numeric(7,4) NOT NULL DEFAULT 0 CHECK (fee_percent BETWEEN 0 AND 100),
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX reminder_step_day ON reminder_step (days_after_due) WHERE archived_at IS NULL;

CREATE TABLE invoice_reminder (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  invoice_id uuid NOT NULL REFERENCES invoice,
  step_id uuid NOT NULL REFERENCES reminder_step,
  sent_at timestamptz NOT NULL,
  -- Open at that moment.
  open bigint NOT NULL,
  mail_id uuid REFERENCES mail_message ON DELETE SET NULL,
  fee_charge_id uuid REFERENCES charge,
  UNIQUE (invoice_id, step_id)
);

-- What is given up of an issued invoice: it stays as it is, and is owed no more.
CREATE TABLE invoice_write_off (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  invoice_id uuid NOT NULL REFERENCES invoice,
  amount bigint NOT NULL CHECK (amount > 0),
  reason text NOT NULL CHECK (reason <> ''),
  written_off_on date NOT NULL,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX invoice_write_off_invoice ON invoice_write_off (invoice_id);
CREATE TRIGGER invoice_write_off_fixed BEFORE UPDATE OR DELETE ON invoice_write_off FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Credits -----------------------------------------------------------------------------------------------------------

-- What is on sale.
CREATE TABLE package (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  ref text NOT NULL UNIQUE DEFAULT 'pack-' || nextval('document_ref'),
  name text NOT NULL CHECK (name <> ''),
  description text NOT NULL DEFAULT '',
  credits bigint NOT NULL CHECK (credits > 0),
  price bigint NOT NULL CHECK (price >= 0),
  tax_percent numeric(7,4) NOT NULL DEFAULT 0 CHECK (tax_percent BETWEEN 0 AND 100),
  program_id uuid REFERENCES program,
  -- For one child alone, chosen at the sale; else for the whole family.
  per_student boolean NOT NULL DEFAULT false,
  -- Days from the purchase; NULL: no end.
  valid_days integer CHECK (valid_days BETWEEN 1 AND 3660),
  in_storefront boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE client ADD FOREIGN KEY (top_up_package_id) REFERENCES package;

ALTER TABLE credit_lot
  ADD COLUMN package_id uuid REFERENCES package,
  ADD COLUMN kind text NOT NULL DEFAULT 'sold' CHECK (kind IN ('sold', 'gift', 'correction', 'transfer')),
  -- When the family was told that it is about to expire.
  ADD COLUMN expiry_told_at timestamptz,
  -- Of the price, what was recognised as revenue so far: the posted sum, kept beside the books.
  ADD COLUMN recognised bigint NOT NULL DEFAULT 0;

-- Credits moved by hand, each with a reason: what a lot lost to another family, or to nobody.
CREATE TABLE credit_move (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  kind text NOT NULL CHECK (kind IN ('gift', 'correction', 'transfer')),
  client_id uuid NOT NULL REFERENCES client,
  to_client_id uuid REFERENCES client,
  -- Hundredths of a credit; negative: taken away.
  credits bigint NOT NULL CHECK (credits <> 0),
  -- The lot it made.
  lot_id uuid REFERENCES credit_lot,
  reason text NOT NULL CHECK (reason <> ''),
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((kind = 'transfer') = (to_client_id IS NOT NULL))
);
CREATE INDEX credit_move_client ON credit_move (client_id);
CREATE TRIGGER credit_move_fixed BEFORE UPDATE OR DELETE ON credit_move FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Payments ----------------------------------------------------------------------------------------------------------

ALTER TABLE payment
  ADD COLUMN install_id uuid REFERENCES plugin_install,
  -- The gateway's own id of the money that came in: one payment, however often it is told.
  ADD COLUMN gateway_ref text,
  ADD CHECK ((install_id IS NULL) = (gateway_ref IS NULL));
CREATE UNIQUE INDEX payment_gateway ON payment (install_id, gateway_ref) WHERE install_id IS NOT NULL;

-- Money for one invoice, as the payer or the office said; the rest goes to the oldest that is open.
CREATE TABLE payment_purpose (
  payment_id uuid NOT NULL REFERENCES payment,
  invoice_id uuid NOT NULL REFERENCES invoice,
  amount bigint NOT NULL CHECK (amount > 0),
  PRIMARY KEY (payment_id, invoice_id)
);

-- Money that went back: a refund, or a payment that turned out to be none (a cheque that bounced, a dispute, a slip of the hand).
CREATE TABLE payment_refund (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  payment_id uuid NOT NULL REFERENCES payment,
  kind text NOT NULL CHECK (kind IN ('refund', 'reversal')),
  amount bigint NOT NULL CHECK (amount > 0),
  reason text NOT NULL CHECK (reason <> ''),
  -- pending: asked of the gateway; nothing is posted until it has succeeded.
  status text NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')),
  refunded_on date,
  gateway_ref text,
  error text,
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((status = 'succeeded') = (refunded_on IS NOT NULL))
);
CREATE INDEX payment_refund_payment ON payment_refund (payment_id);
CREATE FUNCTION payment_refund_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  paid bigint;
  back bigint;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status <> 'pending' THEN
    RAISE EXCEPTION 'refund % is done', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT amount INTO paid FROM payment WHERE id = NEW.payment_id FOR UPDATE;
  SELECT coalesce(sum(amount), 0) INTO back FROM payment_refund WHERE payment_id = NEW.payment_id AND id <> NEW.id AND status <> 'failed';
  IF NEW.status <> 'failed' AND back + NEW.amount > paid THEN
    RAISE EXCEPTION 'refunds of payment % would exceed it', NEW.payment_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_refund_within BEFORE INSERT OR UPDATE ON payment_refund FOR EACH ROW EXECUTE FUNCTION payment_refund_within();
CREATE TRIGGER payment_refund_kept BEFORE DELETE ON payment_refund FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What is allocated lies within both sides, at the end of every transaction.
CREATE FUNCTION payment_allocation_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  usable bigint;
  owed bigint;
BEGIN
  SELECT p.amount - coalesce((SELECT sum(r.amount) FROM payment_refund r WHERE r.payment_id = p.id AND r.status = 'succeeded'), 0)
    INTO usable FROM payment p WHERE p.id = NEW.payment_id;
  IF (SELECT coalesce(sum(amount), 0) FROM payment_allocation WHERE payment_id = NEW.payment_id) > usable THEN
    RAISE EXCEPTION 'more of payment % is allocated than there is', NEW.payment_id USING ERRCODE = 'check_violation';
  END IF;
  SELECT i.total + coalesce((SELECT sum(n.total) FROM credit_note n WHERE n.invoice_id = i.id), 0)
      - coalesce((SELECT sum(w.amount) FROM invoice_write_off w WHERE w.invoice_id = i.id), 0)
    INTO owed FROM invoice i WHERE i.id = NEW.invoice_id;
  IF (SELECT coalesce(sum(amount), 0) FROM payment_allocation WHERE invoice_id = NEW.invoice_id) > greatest(owed, 0) THEN
    RAISE EXCEPTION 'more is allocated to invoice % than is owed', NEW.invoice_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payment_allocation_within AFTER INSERT OR UPDATE ON payment_allocation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_allocation_within();

-- A card (or mandate) kept at the gateway, with the payer's consent. Only the gateway knows its number.
CREATE TABLE saved_card (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  client_id uuid NOT NULL REFERENCES client,
  install_id uuid NOT NULL REFERENCES plugin_install,
  customer_ref text NOT NULL,
  method_ref text NOT NULL,
  brand text NOT NULL DEFAULT '',
  last4 text NOT NULL DEFAULT '',
  expires_month integer,
  expires_year integer,
  -- What was agreed to, word for word, when and by whom.
  consent_text text NOT NULL,
  consented_at timestamptz NOT NULL,
  consented_by uuid REFERENCES users ON DELETE SET NULL,
  is_default boolean NOT NULL DEFAULT true,
  removed_at timestamptz,
  UNIQUE (install_id, method_ref)
);
CREATE UNIQUE INDEX saved_card_default ON saved_card (client_id) WHERE is_default AND removed_at IS NULL;

-- One attempt to get money through a gateway, from the click (or the schedule) to its end.
CREATE TABLE collection (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  client_id uuid NOT NULL REFERENCES client,
  install_id uuid NOT NULL REFERENCES plugin_install,
  -- invoice: what is open of it; package: one that is bought; balance: what the family owes; card: only saves a card.
  purpose text NOT NULL CHECK (purpose IN ('invoice', 'package', 'balance', 'card')),
  invoice_id uuid REFERENCES invoice,
  package_id uuid REFERENCES package,
  student_id uuid REFERENCES student,
  -- checkout: the payer types a card at the gateway's page; saved_card: taken without them.
  way text NOT NULL CHECK (way IN ('checkout', 'saved_card')),
  saved_card_id uuid REFERENCES saved_card,
  save_card boolean NOT NULL DEFAULT false,
  amount bigint NOT NULL CHECK (amount >= 0),
  currency text NOT NULL,
  -- scheduled: on charge_at; open: at the gateway; the rest are ends.
  status text NOT NULL CHECK (status IN ('scheduled', 'open', 'succeeded', 'failed', 'cancelled')),
  charge_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  gateway_ref text,
  checkout_url text,
  error text,
  payment_id uuid REFERENCES payment,
  started_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((purpose = 'invoice') = (invoice_id IS NOT NULL)),
  CHECK ((purpose = 'package') = (package_id IS NOT NULL))
);
CREATE INDEX collection_client ON collection (client_id);
CREATE INDEX collection_due ON collection (charge_at) WHERE status = 'scheduled';
CREATE UNIQUE INDEX collection_gateway ON collection (install_id, gateway_ref) WHERE gateway_ref IS NOT NULL;
-- One automatic charge per invoice at a time.
CREATE UNIQUE INDEX collection_auto ON collection (invoice_id) WHERE way = 'saved_card' AND status IN ('scheduled', 'open');
CREATE TRIGGER collection_touch BEFORE UPDATE ON collection FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- What a plugin's provider told us, each event once.
CREATE TABLE plugin_event (
  install_id uuid NOT NULL REFERENCES plugin_install,
  event_key text NOT NULL,
  type text NOT NULL,
  received_at timestamptz NOT NULL,
  handled_at timestamptz,
  result text NOT NULL DEFAULT '',
  PRIMARY KEY (install_id, event_key)
);
CREATE INDEX plugin_event_received ON plugin_event (received_at);

-- Pay ---------------------------------------------------------------------------------------------------------------

ALTER TABLE pay_group
  ADD COLUMN calendar text NOT NULL DEFAULT 'monthly' CHECK (calendar IN ('weekly', 'fortnightly', 'twice_monthly', 'monthly')),
  -- The first day of some period: the weekday of a weekly, the week of a fortnightly one; the day of the month of a monthly one.
  ADD COLUMN starts_on date NOT NULL DEFAULT '2024-01-01';

-- A run of one pay group, or off the calendar of tutors chosen by hand. NULL: of everybody.
ALTER TABLE pay_run
  DROP CONSTRAINT pay_run_status_check,
  ADD CONSTRAINT pay_run_status_check CHECK (status IN ('approved', 'exported', 'paid', 'void')),
  ADD COLUMN pay_group_id uuid REFERENCES pay_group,
  ADD COLUMN off_cycle boolean NOT NULL DEFAULT false,
  -- Whom it covers, as they were in the group when it was approved; NULL: everybody.
  ADD COLUMN tutor_ids uuid[],
  ADD COLUMN export_install_id uuid REFERENCES plugin_install,
  ADD COLUMN export_name text,
  ADD COLUMN paid_on date,
  ADD COLUMN paid_by uuid REFERENCES users ON DELETE SET NULL,
  ADD COLUMN sent_at timestamptz;

-- Work that is not teaching.
CREATE TABLE work_kind (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (name <> ''),
  -- Per hour; NULL: the entry says.
  amount_per_hour bigint CHECK (amount_per_hour >= 0),
  archived_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX work_kind_name ON work_kind (lower(name));

CREATE TABLE time_sheet_entry (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  tutor_id uuid NOT NULL REFERENCES tutor,
  work_kind_id uuid NOT NULL REFERENCES work_kind,
  local_date date NOT NULL,
  minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  note text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'submitted' CHECK (status IN ('submitted', 'approved', 'sent_back')),
  -- Per hour, fixed at approval.
  amount_per_hour bigint CHECK (amount_per_hour >= 0),
  sent_back_reason text NOT NULL DEFAULT '',
  decided_by uuid REFERENCES users ON DELETE SET NULL,
  decided_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX time_sheet_entry_tutor ON time_sheet_entry (tutor_id, local_date);
CREATE INDEX time_sheet_entry_open ON time_sheet_entry (created_at) WHERE status = 'submitted';

ALTER TABLE pay_item
  DROP CONSTRAINT pay_item_kind_check,
  ADD CONSTRAINT pay_item_kind_check CHECK (kind IN ('session', 'mileage', 'work', 'bonus', 'correction', 'expense')),
  ADD COLUMN time_sheet_entry_id uuid REFERENCES time_sheet_entry,
  ADD CHECK ((kind = 'work') = (time_sheet_entry_id IS NOT NULL));
CREATE UNIQUE INDEX pay_item_work ON pay_item (time_sheet_entry_id) WHERE time_sheet_entry_id IS NOT NULL;

-- Rates -------------------------------------------------------------------------------------------------------------

-- per_hour: amount_per_hour; per_session: amount_per_hour is the amount of one session, whatever its length;
-- percent: of the fees of the session's places (pay alone). A pay row may promise a least amount per session.
ALTER TABLE rate
  ADD COLUMN basis text NOT NULL DEFAULT 'per_hour' CHECK (basis IN ('per_hour', 'per_session', 'percent')),
  ADD COLUMN percent numeric(7,4) CHECK (percent BETWEEN 0 AND 1000),
  ADD COLUMN minimum bigint CHECK (minimum >= 0),
  ADD COLUMN note text NOT NULL DEFAULT '',
  ADD CONSTRAINT rate_basis CHECK ((basis = 'percent') = (percent IS NOT NULL) AND (basis <> 'percent' OR side = 'pay'));

-- Books -------------------------------------------------------------------------------------------------------------

-- Nothing is posted into closed days, by whatever way it comes in.
CREATE FUNCTION ledger_transaction_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed date;
BEGIN
  SELECT books_closed_to INTO closed FROM organisation;
  IF closed IS NOT NULL AND NEW.effective_on <= closed THEN
    RAISE EXCEPTION 'the books are closed to %: nothing can be posted on %', closed, NEW.effective_on USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_transaction_open BEFORE INSERT ON ledger_transaction FOR EACH ROW EXECUTE FUNCTION ledger_transaction_open();
CREATE INDEX ledger_transaction_effective ON ledger_transaction (effective_on, id);

CREATE TABLE books_closing (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  -- The last closed day from now on; NULL: opened altogether.
  closed_to date,
  was date,
  reason text NOT NULL DEFAULT '',
  decided_by uuid REFERENCES users ON DELETE SET NULL,
  decided_at timestamptz NOT NULL
);
CREATE TRIGGER books_closing_fixed BEFORE UPDATE OR DELETE ON books_closing FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Reports read sessions and charges of a span of days.
CREATE INDEX IF NOT EXISTS charge_local_date ON charge (local_date);
CREATE INDEX IF NOT EXISTS invoice_due ON invoice (due_on);

import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { countReasons } from '#app/domain/billing/invoice-run.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listDuePayRuns, listPayGroups } from '#app/domain/payroll/pay-due-queries.server.ts';
import type { PayRunPreview } from '#app/domain/payroll/pay-run.ts';
import { listOpenAdjustments, listSessionsAbout } from '#app/domain/payroll/pay-run-queries.server.ts';
import { resolvePayWho } from '#app/domain/payroll/pay-run-scope.server.ts';
import { listPayTutors } from '#app/domain/payroll/pay-tutor-queries.server.ts';
import { type PayWho, payWhoText } from '#app/domain/payroll/pay-who.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { monthOf, readPeriod } from '../money-pages/period.ts';
import { BLOCKING } from './blocking.ts';
import { readStep, readWho } from './wizard-address.ts';

const SHOWN = 100;

/** Everything a step of the wizard shows; what the others need alone is left out. */
export async function loadWizard(args: LoaderFunctionArgs) {
  await authorize(args, 'pay.manage');
  const { db, clock } = args.context;
  const now = clock();
  const today = localDateOf(now, (await getOrganisation(db)).timezone);
  const params = new URL(args.request.url).searchParams;
  const step = readStep(params);
  const who = readWho(params);
  const { shown, period, errors } = readPeriod(params, today);
  const chosen = params.has('who') || params.has('from');
  let preview: PayRunPreview | null = null;
  if (period && chosen) {
    try {
      preview = await previewPayRun(db, period, now, who);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      errors[error.field ?? 'who'] = error.message;
    }
  }
  const choosing = step === 'who' || preview === null;
  // What has not begun yet can't be mended, and is told apart.
  const blocked =
    preview?.leftOut.filter((one) => (BLOCKING as readonly string[]).includes(one.reason) && one.startsAt <= now) ?? [];
  const sheets = preview?.exceptions.find((one) => one.code === 'time_sheets')?.count ?? 0;
  return {
    step,
    who,
    whoText: payWhoText(who),
    tutorIds: who.kind === 'tutors' ? [...who.tutorIds] : [],
    shown: chosen ? shown : monthOf(today, -1),
    errors,
    choices: choosing ? await choicesOf(args, today) : null,
    preview: preview && summaryOf(preview, step),
    blocking: blocked.length + sheets,
    toCome: preview?.leftOut.filter((one) => one.reason === 'unclosed' && one.startsAt > now).length ?? 0,
    warned: preview?.statements.filter((one) => one.warnings.length > 0).length ?? 0,
    blocked: step === 'exceptions' ? BLOCKING.flatMap((reason) => groupOf(blocked, reason)) : [],
    opened: step === 'statements' ? await openedOf(args, preview, params.get('open')) : null,
    adjust: step === 'adjust' && preview ? await adjustOf(args, preview, who) : null,
  };
}

async function choicesOf({ context: { db } }: LoaderFunctionArgs, today: string) {
  const [due, groups, tutors] = await Promise.all([listDuePayRuns(db, today), listPayGroups(db), listPayTutors(db)]);
  return {
    due,
    groups: groups.map(({ id, name, calendar }) => ({ id, name, calendar })),
    tutors: tutors.map(({ id, name }) => ({ id, name })),
  };
}

/** The totals of all, and each statement without its lines: a page of 60 tutors stays small. */
function summaryOf({ leftOut, statements, ...preview }: PayRunPreview, step: string) {
  return {
    ...preview,
    counts: countReasons(leftOut),
    statements: ['statements', 'approve', 'exceptions'].includes(step)
      ? statements.map(({ lines, ...one }) => ({
          ...one,
          lines: lines.length,
          late: lines.filter((line) => line.late).length,
          minutes: lines.reduce((sum, line) => sum + (line.kind === 'mileage' ? 0 : (line.minutes ?? 0)), 0),
        }))
      : [],
  };
}

function groupOf(blocked: PayRunPreview['leftOut'], reason: (typeof BLOCKING)[number]) {
  const own = blocked.filter((session) => session.reason === reason);
  return own.length === 0 ? [] : [{ reason, count: own.length, sessions: own.slice(0, SHOWN) }];
}

/** The statement that is opened, each of its lines saying what the session was about. */
async function openedOf({ context: { db } }: LoaderFunctionArgs, preview: PayRunPreview | null, tutorId: string | null) {
  const one = preview?.statements.find((statement) => statement.tutorId === tutorId);
  if (!one) return null;
  const about = await listSessionsAbout(
    db,
    one.lines.flatMap((line) => line.sessionId ?? []),
  );
  return { ...one, lines: one.lines.map((line) => ({ ...line, about: about.get(line.sessionId ?? '') ?? '' })) };
}

/** The tutors of the run alone: what is typed for anybody else would wait for another run. */
async function adjustOf({ context: { db } }: LoaderFunctionArgs, preview: PayRunPreview, who: PayWho) {
  const [open, tutors, scope] = await Promise.all([listOpenAdjustments(db), listPayTutors(db), resolvePayWho(db, who)]);
  const inRun = (tutorId: string) => scope.tutorIds === null || scope.tutorIds.includes(tutorId);
  const totals = new Map(preview.statements.map((one) => [one.tutorId, one.total]));
  return {
    formId: crypto.randomUUID(),
    open: open.filter((one) => one.localDate < preview.to).map((one) => ({ ...one, inRun: inRun(one.tutorId) })),
    tutors: tutors.filter((tutor) => inRun(tutor.id)).map((tutor) => ({ ...tutor, total: totals.get(tutor.id) ?? 0n })),
  };
}

import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { countReasons, type InvoiceRunPreview } from '#app/domain/billing/invoice-run.ts';
import { findUnfinishedRun } from '#app/domain/billing/invoice-run-queries.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { findRunWarnings, listHeldFamilies, listMissingRates } from '#app/domain/billing/run-checks.server.ts';
import type { RunScope } from '#app/domain/billing/run-scope.ts';
import type { RunWarning } from '#app/domain/billing/run-warnings.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { listProgramChoices } from '#app/domain/organisation/program-queries.server.ts';
import { getOrganisation, listInstallChoices } from '#app/domain/organisation/queries.server.ts';
import { listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { presetsOf, readPeriod } from '../money-pages/period.ts';
import { readScope, readStep } from './wizard-address.ts';

/** Families on one page of the preview, and rows of one exception; the counts and totals are always of all. */
const PAGE = 50;

/** What the wizard shows at the step its address names. The preview is computed once, and each step takes its part. */
export async function loadWizard(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const { timezone, currency } = await getOrganisation(db);
  const now = clock();
  const today = localDateOf(now, timezone);
  const params = new URL(args.request.url).searchParams;
  const { shown, period, errors } = readPeriod(params, today);
  const scope = readScope(params);
  const step = period ? readStep(params) : 'period';
  const find = (params.get('find') ?? '').trim();
  const preview = period && !['period', 'who'].includes(step) ? await previewInvoiceRun(db, { ...period, scope }, now) : null;
  const warnings = preview ? await findRunWarnings(db, preview) : [];
  return {
    step,
    shown,
    period: period ?? null,
    errors,
    presets: presetsOf(today),
    scope,
    currency,
    today,
    mayIssue: can(user, 'money.manage'),
    choices: step === 'who' ? await choicesOf(args, scope, find) : null,
    preview: preview && summaryOf(preview),
    blocking: preview?.leftOut.filter((place) => BLOCKING.some((reason) => reason === place.reason)).length ?? 0,
    check: preview && step === 'check' ? await checkOf(args, preview, warnings, now) : null,
    families: preview && step === 'preview' ? familiesOf(preview, warnings, params) : null,
    confirm: preview && step === 'confirm' ? { secondPerson: (await getMoneySettings(db)).second_person } : null,
    formId: crypto.randomUUID(),
  };
}

/** What keeps a place off the invoices and can be mended here. */
const BLOCKING = ['unclosed', 'unapproved', 'missing_rate'] as const;

async function choicesOf({ context: { db } }: LoaderFunctionArgs, scope: RunScope, find: string) {
  const [clients, programs, modes] = await Promise.all([
    listClientChoices(db),
    listProgramChoices(db),
    listInstallChoices(db, 'billing'),
  ]);
  const chosen = new Set(scope.clientIds ?? []);
  const found = find === '' ? [] : clients.filter((one) => one.name.toLocaleLowerCase().includes(find.toLocaleLowerCase()));
  return {
    find,
    programs,
    modes: modes.map(({ id, name }) => ({ id, name })),
    chosen: clients.filter((one) => chosen.has(one.id)),
    found: found.filter((one) => !chosen.has(one.id)).slice(0, 20),
    hidden: Math.max(0, found.length - 20),
  };
}

/** The totals of all, without lines: a page of 1,200 invoices stays small. */
function summaryOf({ families, waiting: _, leftOut, exceptions, ...preview }: InvoiceRunPreview) {
  return {
    ...preview,
    notes: exceptions.filter((one) => ['closed', 'unfinished', 'not_over', 'before_period'].includes(one.code)),
    counts: countReasons(leftOut),
    mailed: families.filter((family) => family.clientEmail).length,
  };
}

async function checkOf({ context: { db } }: LoaderFunctionArgs, preview: InvoiceRunPreview, warnings: RunWarning[], now: Date) {
  const of = (reason: string) => preview.leftOut.filter((place) => place.reason === reason);
  const sessions = (reason: 'unclosed' | 'unapproved') => {
    const bySession = [...Map.groupBy(of(reason), (place) => place.sessionId).values()];
    return {
      count: bySession.length,
      rows: bySession.slice(0, PAGE).flatMap((places) =>
        places[0]
          ? [
              {
                sessionId: places[0].sessionId,
                startsAt: places[0].startsAt,
                tutorName: places[0].tutorName,
                students: places.map((place) => place.studentName).join(', '),
                begun: places[0].startsAt <= now,
              },
            ]
          : [],
      ),
    };
  };
  const [missing, held, unfinished] = await Promise.all([
    listMissingRates(
      db,
      of('missing_rate').map((place) => place.attendanceId),
    ),
    listHeldFamilies(db),
    findUnfinishedRun(db),
  ]);
  const byCode = Map.groupBy(warnings, (one) => one.code);
  return {
    unclosed: sessions('unclosed'),
    unapproved: sessions('unapproved'),
    missing,
    held,
    unfinished: unfinished ?? null,
    warnings: [...byCode].map(([code, all]) => ({ code, count: all.length, rows: all.slice(0, PAGE) })),
  };
}

function familiesOf(preview: InvoiceRunPreview, warnings: readonly RunWarning[], params: URLSearchParams) {
  const q = (params.get('q') ?? '').trim();
  const open = params.get('open');
  const needle = q.toLocaleLowerCase();
  // What comes to less than nothing is in no invoice, and is changed here.
  const matching = [...preview.waiting, ...preview.families].filter(
    (family) => needle === '' || family.clientName.toLocaleLowerCase().includes(needle) || family.clientId === open,
  );
  const byName = new Intl.Collator();
  matching.sort((a, b) => byName.compare(a.clientName, b.clientName));
  const byClient = Map.groupBy(warnings, (one) => one.clientId);
  const at = matching.findIndex((family) => family.clientId === open);
  const pages = Math.max(1, Math.ceil(matching.length / PAGE));
  const asked = Number(params.get('page')) || (at >= 0 ? Math.floor(at / PAGE) + 1 : 1);
  const page = Math.min(Math.max(1, Math.trunc(asked)), pages);
  return {
    q,
    page,
    pages,
    matching: matching.length,
    rows: matching.slice((page - 1) * PAGE, page * PAGE).map(({ lines, taxes, ...family }) => ({
      ...family,
      lines: lines.length,
      late: lines.filter((line) => line.late).length,
      warnings: (byClient.get(family.clientId) ?? []).map(({ code, text }) => ({ code, text })),
    })),
    opened: matching[at] ?? null,
  };
}

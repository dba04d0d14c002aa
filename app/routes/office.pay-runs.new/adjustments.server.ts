import { type ActionFunctionArgs, data } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addPayAdjustments } from '#app/domain/payroll/add-pay-adjustments.server.ts';
import { ADJUSTMENT_ROWS, adjustmentLine, parseAdjustments } from '#app/domain/payroll/parse-adjustments.ts';
import { listPayTutors } from '#app/domain/payroll/pay-tutor-queries.server.ts';
import { typed } from '#app/ui/form-answer.ts';
import { refusal, textOf } from '../money-pages/refusal.server.ts';

async function read({ context: { db } }: ActionFunctionArgs, text: string, localDate: string) {
  const tutors = await listPayTutors(db);
  const digits = currencyDigits((await getOrganisation(db)).currency);
  return { ...parseAdjustments(text, { tutors, digits, localDate }), digits, tutors };
}

/** What was typed in the grid, pasted, or is in the file, as it would be added; nothing is written. */
export async function previewAdjustments(args: ActionFunctionArgs, form: FormData) {
  const localDate = textOf(form, 'localDate');
  const parts = [gridText(form), textOf(form, 'pasted'), textOf(form, 'file')];
  const found = [];
  for (const part of parts) if (part.trim() !== '') found.push(await read(args, part.slice(0, 200_000), localDate));
  const all = found.flatMap((one) => one.rows);
  const rows = all.slice(0, ADJUSTMENT_ROWS);
  const problems = found.flatMap((one) => one.problems);
  if (all.length > rows.length) {
    const message = `At most ${ADJUSTMENT_ROWS} lines at a time: add these first, then the other ${all.length - rows.length}`;
    problems.push({ line: ADJUSTMENT_ROWS + 1, text: '', message });
  }
  if (rows.length + problems.length === 0)
    return refusal(
      { pasted: 'Enter an amount for at least one tutor, paste some lines, or choose a file.' },
      form,
      'adjustments',
    );
  const digits = found[0]?.digits ?? 2;
  const refs = new Map(found[0]?.tutors.map((tutor) => [tutor.id, tutor.ref]));
  const text = rows.map((row) =>
    adjustmentLine([refs.get(row.tutorId) ?? '', row.kind, formatDecimal(row.amount, digits), row.note, row.localDate]),
  );
  const values = typed(form);
  return data({ values, errors: {}, form: 'adjustments', adjustments: { rows, problems, text: text.join('\n') } });
}

/** Every row of the grid that has an amount, as lines that are read like pasted ones. */
function gridText(form: FormData): string {
  const lines: string[] = [];
  for (const [name, value] of form) {
    if (!name.startsWith('amount.') || typeof value !== 'string' || value.trim() === '') continue;
    const ref = name.slice('amount.'.length);
    lines.push(adjustmentLine([ref, textOf(form, `kind.${ref}`), value, textOf(form, `note.${ref}`)]));
  }
  return lines.join('\n');
}

/** Adds what the preview showed; undefined when it is done. */
export async function addAdjustments(args: ActionFunctionArgs, actor: Actor, form: FormData) {
  const batchId = textOf(form, 'batchId');
  const { rows, problems } = await read(args, textOf(form, 'text'), textOf(form, 'localDate'));
  if (problems[0])
    return refusal({ pasted: `Nothing was added. Line ${problems[0].line}: ${problems[0].message}.` }, form, 'adjustments');
  if (!isId(batchId) || rows.length === 0) return refusal({ pasted: 'There is nothing to add.' }, form, 'adjustments');
  await addPayAdjustments(args.context.db, args.context, actor, { batchId, rows });
  return undefined;
}

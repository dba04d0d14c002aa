import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { hangingWords } from '#app/domain/merging/reference-words.ts';
import { erasePerson } from '#app/domain/privacy/erase-person.server.ts';
import { exportPerson } from '#app/domain/privacy/export-person.server.ts';
import type { PrivacyKind } from '#app/domain/privacy/people-of.server.ts';
import { getKeptOf } from '#app/domain/privacy/queries.server.ts';
import { refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { textOf } from '../money-pages/refusal.server.ts';
import { PLACES } from './person-words.ts';

/** What the tab "Data" shows: what is kept, and what erasing waits for. */
export async function loadDataPage(args: LoaderFunctionArgs, kind: PrivacyKind) {
  await authorize(args, 'people.erase');
  const id = recordIdOf(args.params);
  const { rows, ...kept } = await found(getKeptOf(args.context.db, kind, id));
  const erased = new URL(args.request.url).searchParams.has('erased');
  return { kind, id, ...kept, hanging: hangingWords(rows), justErased: erased };
}

/** All that is kept of them, as a file to save. Of a route without a page: a page would show it instead. */
export async function giveOut(args: ActionFunctionArgs, kind: PrivacyKind) {
  const user = await authorize(args, 'people.erase');
  const id = recordIdOf(args.params);
  const given = await found(exportPerson(args.context.db, actorOf(user, args.context), { kind, id }));
  return new Response(JSON.stringify(given, null, 2), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${kind}-${id}.json"`,
      'Cache-Control': 'no-store',
    },
  });
}

export async function eraseFromPage(args: ActionFunctionArgs, kind: PrivacyKind) {
  const user = await authorize(args, 'people.erase');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  try {
    await erasePerson(context.db, context, actorOf(user, context), { kind, id, confirm: textOf(form, 'confirm') });
    return redirect(`${PLACES[kind].path}/${id}/data?erased`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

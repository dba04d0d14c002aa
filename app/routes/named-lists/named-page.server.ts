import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import type { z } from 'zod';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { ARRANGEMENTS } from '#app/domain/arrange.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { addNamed } from '#app/domain/named-lists/add-named.server.ts';
import { arrangeNamed } from '#app/domain/named-lists/arrange-named.server.ts';
import {
  type NamedList,
  type NamedValues,
  namedEditSchema,
  namedLists,
  namedSchema,
  tagSchema,
} from '#app/domain/named-lists/named-list.ts';
import { getNamed, listNamed } from '#app/domain/named-lists/queries.server.ts';
import { renameNamed } from '#app/domain/named-lists/rename-named.server.ts';
import { readRecord, refusedAction, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';

/** What the pages of all lists of names do: `/office/settings/tags` and its like. */

const schemaOf = (list: NamedList): z.ZodType<NamedValues> => (list === 'tag' ? tagSchema : namedSchema);

export async function loadList(args: LoaderFunctionArgs, list: NamedList) {
  await authorize(args, 'organisation.manage');
  const rows = await listNamed(args.context.db, list);
  return { active: rows.filter((row) => row.archivedAt === null), archived: rows.filter((row) => row.archivedAt !== null) };
}

/** The form that adds, and the buttons of a row. */
export async function actOnList(args: ActionFunctionArgs, list: NamedList, path: string) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const actor = actorOf(user, context);
  const form = await request.formData();
  const id = form.get('id');
  if (id !== null) {
    const to = ARRANGEMENTS.find((arrangement) => arrangement === form.get('to'));
    if (!to || typeof id !== 'string' || !/^[\da-f-]{36}$/i.test(id)) throw new Response('Nothing to do.', { status: 400 });
    try {
      await arrangeNamed(context.db, context, actor, list, { id, to });
      return redirect(path);
    } catch (error) {
      return refusedAction(error);
    }
  }
  const read = readRecord(schemaOf(list), form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await addNamed(context.db, context, actor, list, read.value);
    return redirect(path);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export async function loadNamed(args: LoaderFunctionArgs, list: NamedList) {
  await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const record = await found(getNamed(db, list, recordIdOf(args.params)));
  const history = await listAudit(db, { subjectType: namedLists[list].table, subjectId: record.id, limit: 20 });
  return { record, history: history.map(historyLine) };
}

export async function renameAction(args: ActionFunctionArgs, list: NamedList, path: string) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readRecord(list === 'tag' ? namedEditSchema.extend(tagSchema.shape) : namedEditSchema, form, {
    shape: (input) => ({ ...input, id }),
  });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await renameNamed(context.db, context, actorOf(user, context), list, read.value);
    return redirect(path);
  } catch (error) {
    return refusedRecord(error, form, async () => ({ name: [(await getNamed(context.db, list, id)).name] }));
  }
}

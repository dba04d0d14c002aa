import { randomUUID } from 'node:crypto';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { actorOf } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listPartners, type Partner } from '#app/domain/conversations/queries.server.ts';
import { writeMessage } from '#app/domain/conversations/write-message.server.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { refusedForm, refusedRecord, typedValues } from '#app/ui/record-form.server.ts';
import { textOf } from '../money-pages/refusal.server.ts';
import { listOf } from './places.ts';
import { readerOf } from './reader-of.server.ts';
import { countMessage, sourceKeyOf, writerOf } from './writer-of.server.ts';

type Place = 'tutor' | 'family';

const keyOf = (partner: Pick<Partner, 'tutorId' | 'studentId'>) => `${partner.tutorId}:${partner.studentId}`;

async function partnersOf(args: LoaderFunctionArgs, place: Place) {
  const { user, of } = await readerOf(args, place);
  const { db, clock } = args.context;
  const on = (await getMessageRules(db)).conversations;
  return { user, on, partners: of === 'all' || !on ? [] : await listPartners(db, clock(), of) };
}

/** To whom a first message can go. With `?student=` (and `?tutor=`) that one is chosen, and where there is a conversation one lands in it. */
export async function loadNewMessage(args: LoaderFunctionArgs, place: Place) {
  const { on, partners } = await partnersOf(args, place);
  const params = new URL(args.request.url).searchParams;
  const [student, tutor] = [params.get('student'), params.get('tutor')];
  const meant = partners.filter((one) => (!student || one.studentId === student) && (!tutor || one.tutorId === tutor));
  const [only] = meant.length === 1 && (student || tutor) ? meant : [];
  if (only?.conversationId) throw redirect(`${listOf(place)}/${only.conversationId}`);
  return {
    place,
    on,
    key: randomUUID(),
    chosen: only ? keyOf(only) : '',
    choices: (meant.length > 0 ? meant : partners).map((one) => ({
      value: keyOf(one),
      label: place === 'tutor' ? `${one.studentName}’s family` : `${one.tutorName}, about ${one.studentName}`,
    })),
  };
}

export async function sendNewMessage(args: ActionFunctionArgs, place: Place) {
  const { user, partners } = await partnersOf(args, place);
  const { context, request } = args;
  const form = await request.formData();
  const to = partners.find((one) => keyOf(one) === textOf(form, 'to'));
  if (!to) return refusedForm({ errors: { to: 'Choose to whom you write' }, values: typedValues(form) });
  const { tutorId, studentId } = to;
  if (!can(user, 'conversation.write', { type: 'conversation', tutorId, studentId, clientId: null }))
    return refusedForm({ errors: { to: 'Choose to whom you write' }, values: typedValues(form) });
  try {
    await countMessage(context.db, user, place);
    const { conversationId } = await writeMessage(context.db, context, actorOf(user, context), {
      ...{ tutorId, studentId, body: textOf(form, 'body'), sourceKey: sourceKeyOf(user, form) },
      ...(await writerOf(context.db, user, place, { tutorId, studentId })),
    });
    return redirect(`${listOf(place)}/${conversationId}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

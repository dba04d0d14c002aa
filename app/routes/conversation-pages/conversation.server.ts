import { randomUUID } from 'node:crypto';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { closeConversation } from '#app/domain/conversations/close-conversation.server.ts';
import { partsOf } from '#app/domain/conversations/conversation-text.ts';
import { markRead } from '#app/domain/conversations/mark-read.server.ts';
import { type Conversation, findConversation, listMessages, type MessageRow } from '#app/domain/conversations/queries.server.ts';
import { removeMessage } from '#app/domain/conversations/remove-message.server.ts';
import { writeMessage } from '#app/domain/conversations/write-message.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { refusedRecord } from '#app/ui/record-form.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { textOf } from '../money-pages/refusal.server.ts';
import { listOf, type Place } from './places.ts';
import { readerOf } from './reader-of.server.ts';
import { countMessage, sourceKeyOf, writerOf } from './writer-of.server.ts';

const SHOWN = 50;
const MOST_SHOWN = 2000;

/** The conversation that the address names, for somebody who may read it at this place; else 404. */
async function theirs(args: LoaderFunctionArgs, place: Place): Promise<{ user: SignedInUser; conversation: Conversation }> {
  const { user, of } = await readerOf(args, place);
  const conversation = await findConversation(args.context.db, args.context.clock(), recordIdOf(args.params));
  if (!conversation) throw notFound();
  const { tutorId, studentId, clientId } = conversation;
  const here = of === 'all' || ('tutorId' in of ? of.tutorId === tutorId : of.studentIds.includes(studentId));
  if (!here || !can(user, 'conversation.read', { type: 'conversation', tutorId, studentId, clientId })) throw notFound();
  return { user, conversation };
}

export async function loadConversation(args: LoaderFunctionArgs, place: Place) {
  const { user, conversation } = await theirs(args, place);
  const { db } = args.context;
  const asked = Number(new URL(args.request.url).searchParams.get('show') ?? SHOWN);
  const limit = Number.isInteger(asked) && asked > SHOWN ? Math.min(asked, MOST_SHOWN) : SHOWN;
  const office = place === 'office';
  const [rows, rules, organisation] = await Promise.all([
    listMessages(db, conversation, { limit: limit + 1, removedToo: office }),
    getMessageRules(db),
    getOrganisation(db),
  ]);
  const shown = rows.slice(-limit);
  const closed = conversation.closedAt !== null;
  return {
    place,
    id: conversation.id,
    key: randomUUID(),
    tutor: { id: conversation.tutorId, name: conversation.tutorName },
    student: { id: conversation.studentId, name: conversation.studentName },
    closed,
    may: {
      write: rules.conversations && !closed && (office || conversation.active),
      moderate: can(user, 'conversation.moderate') && office,
    },
    /** Why nothing can be written, as far as that is the reader's to know. */
    whyNot: whyNot(rules.conversations, closed, conversation),
    more: rows.length > limit ? Math.min(limit + SHOWN, MOST_SHOWN) : null,
    newest: shown.at(-1)?.createdAt.toISOString() ?? null,
    messages: shown.map((row) => viewMessage(row, { user, office, company: organisation.name })),
  };
}

function whyNot(on: boolean, closed: boolean, { active }: Conversation): string {
  if (!on) return 'Messages are switched off.';
  if (closed) return 'The office has closed this conversation.';
  return active ? '' : 'Messages can be written as long as lessons are planned, and 30 days after the last one.';
}

interface Viewing {
  user: SignedInUser;
  office: boolean;
  company: string;
}

function viewMessage(row: MessageRow, { user, office, company }: Viewing) {
  const mine = row.senderUserId === user.id;
  const byOffice = office ? `${row.author || 'The office'} (office)` : company;
  return {
    id: row.id,
    mine,
    office: row.side === 'office',
    /** For the office, which is neither: the family stands across from the tutor. */
    across: office && (row.side === 'client' || row.side === 'student'),
    author: mine ? 'You' : row.side === 'office' ? byOffice : row.author,
    at: row.createdAt,
    byMail: row.via === 'mail',
    removed: row.removedAt !== null,
    read: row.read,
    parts: row.body === null ? null : partsOf(row.body),
  };
}

export type ConversationData = Awaited<ReturnType<typeof loadConversation>>;

/** Writes, marks read; of the office takes out and closes. */
export async function actOnConversation(args: ActionFunctionArgs, place: Place) {
  const { user, conversation } = await theirs(args, place);
  const { context, request } = args;
  const { db } = context;
  const form = await request.formData();
  const actor = actorOf(user, context);
  const here = `${listOf(place)}/${conversation.id}`;
  const intent = textOf(form, 'intent');
  try {
    if (intent === 'read') {
      const until = Date.parse(textOf(form, 'until'));
      const now = context.clock().getTime();
      // A time that no message can be of says nothing.
      if (until > 0)
        await markRead(db, { conversationId: conversation.id, userId: user.id, until: new Date(Math.min(until, now)) });
      return null;
    }
    if (intent === 'write') {
      const { tutorId, studentId } = conversation;
      const sourceKey = sourceKeyOf(user, form);
      await countMessage(db, user, place);
      await writeMessage(db, context, actor, {
        ...{ tutorId, studentId, sourceKey, body: textOf(form, 'body') },
        ...(await writerOf(db, user, place, { tutorId, studentId })),
      });
      return redirect(here);
    }
    if (place !== 'office' || !can(user, 'conversation.moderate')) throw notFound();
    if (intent === 'close' || intent === 'open') {
      await closeConversation(db, context, actor, { id: conversation.id, closed: intent === 'close' });
      return redirect(here);
    }
    const messageId = textOf(form, 'message');
    if ((intent !== 'remove' && intent !== 'restore') || !isId(messageId)) throw notFound();
    await removeMessage(db, context, actor, { conversationId: conversation.id, messageId, removed: intent === 'remove' });
    return redirect(here);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

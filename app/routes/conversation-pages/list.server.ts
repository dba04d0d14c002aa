import type { LoaderFunctionArgs } from '@remix-run/node';
import { excerptOf } from '#app/domain/conversations/conversation-text.ts';
import { countConversations, listConversations, listPartners } from '#app/domain/conversations/queries.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import type { Place } from './places.ts';
import { readerOf } from './reader-of.server.ts';

const PAGE_SIZE = 30;

/** The list of conversations at a place, the newest first. */
export async function loadConversations(args: LoaderFunctionArgs, place: Place) {
  const { user, of } = await readerOf(args, place);
  const { db, clock } = args.context;
  const params = new URL(args.request.url).searchParams;
  const q = (params.get('q') ?? '').trim().slice(0, 100);
  const student = params.get('student');
  const filter = { of, text: q, studentId: isId(student) ? student : undefined };
  const total = await countConversations(db, filter);
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const asked = Number(params.get('page') ?? '1');
  const page = Number.isInteger(asked) && asked > 0 ? Math.min(asked, pages) : 1;
  const [rows, rules, partners] = await Promise.all([
    listConversations(db, clock(), { ...filter, userId: user.id, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
    getMessageRules(db),
    of === 'all' ? [] : listPartners(db, clock(), of),
  ]);
  return {
    ...{ place, q, page, pages, total, student: filter.studentId ?? null },
    on: rules.conversations,
    /** Somebody to write to: there may be nobody yet. */
    mayBegin: rules.conversations && partners.length > 0,
    conversations: rows.map((row) => ({
      id: row.id,
      title: place === 'tutor' ? row.studentName : row.tutorName,
      about: place === 'tutor' ? null : row.studentName,
      lastAt: row.lastMessageAt,
      lastBy: row.lastSide,
      excerpt: row.lastBody === null ? null : excerptOf(row.lastBody),
      // Of the office nobody has to read them all.
      unread: place === 'office' ? 0 : row.unread,
      closed: row.closedAt !== null,
    })),
  };
}

export type ConversationListData = Awaited<ReturnType<typeof loadConversations>>;

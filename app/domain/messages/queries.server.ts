import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { MailOverride } from '#emails/override.ts';
import { MailRenderError, type RenderedMail } from '#emails/render.ts';
import { getMailOverrides, type MailOverrides } from './mail-overrides.server.ts';
import { renderStored, renderWrittenMail } from './render-written-mail.server.ts';

export interface MailRow {
  id: string;
  template: string;
  toName: string;
  toAddress: string;
  status: string;
  error: string | null;
  attempts: number;
  createdAt: Date;
  sentAt: Date | null;
  /** The administrator's version it went out as; null: as it ships, or not out yet. */
  templateVersionId: string | null;
  /** Null where the mail can't be rendered, or where what it carried was forgotten after sending. */
  rendered: RenderedMail | null;
}

/** The newest first, for the page of sent mails in development. */
export async function listMails(db: Kysely<DB>, { limit = 100 } = {}): Promise<MailRow[]> {
  const rows = await db
    .selectFrom('mailMessage')
    .selectAll()
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return withRenderings(db, rows);
}

export async function getMail(db: Kysely<DB>, id: string): Promise<MailRow> {
  const row = UUID.test(id) ? await db.selectFrom('mailMessage').selectAll().where('id', '=', id).executeTakeFirst() : undefined;
  if (!row) throw new DomainError('not_found', 'This mail is not there.');
  const [mail] = await withRenderings(db, [row]);
  if (!mail) throw new Error('a mail was read and not rendered');
  return mail;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

interface Rendered {
  template: string;
  data: unknown;
  sentAt: Date | null;
  templateVersionId: string | null;
}

/** Mails beside what they say: one that went out as it went out, one that waits as it would go out now. */
export async function withRenderings<T extends Rendered>(
  db: Kysely<DB>,
  rows: readonly T[],
): Promise<(Omit<T, 'data'> & { rendered: RenderedMail | null })[]> {
  const ids = [...new Set(rows.flatMap((row) => row.templateVersionId ?? []))];
  const versions =
    ids.length === 0 ? [] : await db.selectFrom('mailTemplateVersion').selectAll().where('id', 'in', ids).execute();
  const used = new Map(versions.map((version) => [version.id, version]));
  const waiting = rows.some((row) => row.sentAt === null);
  const overrides: MailOverrides = waiting ? await getMailOverrides(db) : new Map();
  return rows.map(({ data, ...row }) => {
    const as = row.templateVersionId === null ? undefined : used.get(row.templateVersionId);
    return { ...row, rendered: tryRender({ ...row, data }, as, overrides) };
  });
}

function tryRender(mail: Rendered, as: MailOverride | undefined, overrides: MailOverrides): RenderedMail | null {
  try {
    if (mail.sentAt === null) return renderWrittenMail(overrides, mail).rendered;
    return renderStored(mail, as);
  } catch (error) {
    if (error instanceof MailRenderError) return null;
    throw error;
  }
}

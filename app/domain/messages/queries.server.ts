import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { MailRenderError, type RenderedMail, renderMail } from '#emails/render.ts';

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
  return rows.map(withRendering);
}

export async function getMail(db: Kysely<DB>, id: string): Promise<MailRow> {
  const row = UUID.test(id) ? await db.selectFrom('mailMessage').selectAll().where('id', '=', id).executeTakeFirst() : undefined;
  if (!row) throw new DomainError('not_found', 'This mail is not there.');
  return withRendering(row);
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function withRendering<T extends { template: string; data: unknown }>({ data, ...row }: T) {
  return { ...row, rendered: tryRender(row.template, data) };
}

function tryRender(template: string, data: unknown): RenderedMail | null {
  try {
    return renderMail(template, data);
  } catch (error) {
    if (error instanceof MailRenderError) return null;
    throw error;
  }
}

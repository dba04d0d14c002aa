import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { queueMails } from '#app/domain/messages/queue-mail.server.ts';
import type { DB } from '#db/types.ts';
import { ACTIONABLE, type InvoiceRunPreview } from './invoice-run.ts';

interface Waiting {
  preview: Pick<InvoiceRunPreview, 'from' | 'to' | 'totals' | 'currency' | 'leftOut'>;
  why: 'second_person' | 'schedule' | 'blocked';
  /** The page where it waits, a path. */
  path: string;
  /** Not told: who made it. */
  except: string | null;
  dedupeKey: string;
}

/** Tells the owners and administrators that a run waits for one of them, in the caller's transaction. */
export async function tellAdministrators(trx: Kysely<DB>, ctx: DomainContext, waiting: Waiting): Promise<void> {
  const { rows } = await sql<{ id: string; name: string; email: string }>`
    SELECT id, name, email FROM users u
    WHERE disabled_at IS NULL AND id IS DISTINCT FROM ${waiting.except}::uuid
      AND EXISTS (SELECT 1 FROM user_role r WHERE r.user_id = u.id AND r.role IN ('owner', 'admin'))
    ORDER BY email`.execute(trx);
  const { preview } = waiting;
  const mails = rows.map((user) => ({
    template: 'invoice-run-waits' as const,
    to: { name: user.name || user.email, address: user.email },
    userId: user.id,
    dedupeKey: `${waiting.dedupeKey}:${user.id}`,
    data: {
      link: `${ctx.config.origin}${waiting.path}`,
      why: waiting.why,
      from: preview.from,
      to: preview.to,
      families: preview.totals.families,
      total: preview.totals.total.toString(),
      currency: preview.currency,
      blocked: preview.leftOut.filter((place) => ACTIONABLE.some((reason) => reason === place.reason)).length,
    },
  }));
  await queueMails(trx, ctx, mails);
}

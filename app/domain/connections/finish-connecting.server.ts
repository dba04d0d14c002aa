import { type Kysely, sql, type Transaction } from 'kysely';
import { hashToken } from '#app/auth/token.server.ts';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { settleTasks } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { Grant, TutorAccounts } from '#app/plugin-host/types.ts';
import type { DB } from '#db/types.ts';
import { isPluginError } from '#plugins/contract/index.ts';
import { CONNECTING_MINUTES, callbackUrl } from './begin-connecting.server.ts';

type Context = Pick<DomainContext, 'clock' | 'plugins' | 'config' | 'enqueue'>;

export interface FinishConnecting {
  installId: string;
  tutorId: string;
  signInSessionId: string;
  /** What the provider's page sent the browser back with. */
  parameters: URLSearchParams;
}

export interface Connected {
  connectionId: string;
  installName: string;
  accountLabel: string;
  /** Why it still can't be used: something was not allowed. */
  problem: string | null;
}

/**
 * Takes what a tutor's browser brought back from the provider's page and keeps the account, sealed. Sessions to come that had no room
 * for want of it are tried again. Every way that did not lead to an account ends in a DomainError whose message says what happened;
 * what was connected before stays.
 *
 * @throws DomainError conflict (used, too old, another browser), provider_not_connected
 */
export async function finishConnecting(db: Kysely<DB>, ctx: Context, actor: Actor, input: FinishConnecting): Promise<Connected> {
  const request = await takeRequest(db, ctx, input);
  const accounts = await refusing(() => ctx.plugins.tutorAccounts(db, input.installId));
  if (!accounts) throw new DomainError('not_found', 'Nothing is connected there.');
  const { name } = accounts.install;
  const denied = input.parameters.get('error');
  if (denied) throw new DomainError('provider_not_connected', deniedWords(denied, name));

  const redirectUri = callbackUrl(ctx.config.origin, input.installId);
  const grant = await refusing(() => accounts.exchange({ ...request, parameters: input.parameters, redirectUri }));
  const scopes = grant.scopes ?? accounts.scopes.map(({ scope }) => scope);
  const missing = accounts.scopes.filter(({ scope }) => !scopes.includes(scope));
  const problem = missing.length === 0 ? null : missingWords(name, missing);
  // Who it is may be what was not allowed.
  const account = await accounts.identify({ ...grant, scopes }).catch((error: unknown) => {
    if (problem) throw new DomainError('provider_not_connected', problem, { cause: error });
    return refusing(() => Promise.reject(error));
  });
  const connectionId = await keep(db, ctx, actor, input, { accounts, grant, scopes, account, problem });
  return { connectionId, installName: name, accountLabel: account.label, problem };
}

/** The verifier of the way that was begun; used from now on, whatever comes of it. */
async function takeRequest(
  db: Kysely<DB>,
  ctx: Context,
  input: FinishConnecting,
): Promise<{ stateHash: string; verifier: string }> {
  const now = ctx.clock();
  const stateHash = hashToken(input.parameters.get('state') ?? '');
  const request = await db
    .updateTable('oauthRequest')
    .set({ usedAt: now })
    .where('stateHash', '=', stateHash)
    .where('installId', '=', input.installId)
    .where('tutorId', '=', input.tutorId)
    .where('sessionHash', '=', input.signInSessionId)
    .where('usedAt', 'is', null)
    .where('createdAt', '>', new Date(now.getTime() - CONNECTING_MINUTES * 60_000))
    .returning('verifier')
    .executeTakeFirst();
  if (!request) {
    throw new DomainError('conflict', 'This way back was used already, took too long, or began in another browser. Begin again.');
  }
  return { stateHash, verifier: request.verifier };
}

interface Kept {
  accounts: TutorAccounts;
  grant: Grant;
  scopes: string[];
  account: { ref: string; label: string };
  problem: string | null;
}

async function keep(
  db: Kysely<DB>,
  ctx: Context,
  actor: Actor,
  { installId, tutorId }: FinishConnecting,
  { accounts, grant, scopes, account, problem }: Kept,
): Promise<string> {
  const now = ctx.clock();
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ id: string }>`
      insert into provider_connection (install_id, tutor_id, account_ref, account_label, connected_at, state)
      values (${installId}, ${tutorId}, ${account.ref}, ${account.label}, ${now}, 'disconnected')
      on conflict (install_id, tutor_id) do update set connected_at = excluded.connected_at
      returning id`.execute(trx);
    const [row] = rows;
    if (!row) throw new Error('a connection was written and is not there');
    await trx
      .updateTable('providerConnection')
      .set({
        ...{ accountRef: account.ref, accountLabel: account.label, scopes, problem },
        tokens: accounts.sealTokens(row.id, grant),
        expiresAt: grant.expiresAt,
        // Without a refresh token it ends with the first token.
        refreshExpiresAt: grant.refreshExpiresAt ?? (grant.refreshToken ? null : grant.expiresAt),
        state: problem ? 'scope_missing' : 'connected',
        toldAt: null,
        checkedAt: now,
      })
      .where('id', '=', row.id)
      .execute();
    await audit(trx, actor, {
      action: 'provider.connect',
      subjectType: 'tutor',
      subjectId: tutorId,
      after: { installId, scopes: scopes.length, complete: problem === null },
    });
    if (!problem) {
      await tryAgain(trx, ctx, installId, tutorId, now);
      await settleWarnings(trx, ctx, actor, tutorId);
    }
    return row.id;
  });
}

/** Rooms that could not be made for want of the account. */
async function tryAgain(trx: Transaction<DB>, ctx: Context, installId: string, tutorId: string, now: Date): Promise<void> {
  const { rows } = await sql<{ sessionId: string }>`
    update meeting m set state = 'pending', attempts = 0, next_attempt_at = null
    from session s
    where s.id = m.session_id and s.tutor_id = ${tutorId} and m.install_id = ${installId} and m.state = 'failed'
      and m.error_code in ('auth_expired', 'scope_missing') and s.status in ('requested', 'scheduled') and s.ends_at > ${now}
    returning m.session_id as "sessionId"`.execute(trx);
  for (const { sessionId } of rows) await ctx.enqueue(trx, { name: 'meeting.provision', data: { sessionId } });
}

/** The office's task is done once none of the tutor's accounts is in trouble. */
async function settleWarnings(trx: Transaction<DB>, ctx: Context, actor: Actor, tutorId: string): Promise<void> {
  const troubled = await trx
    .selectFrom('providerConnection')
    .select('id')
    .where('tutorId', '=', tutorId)
    .where('state', 'in', ['expired', 'scope_missing'])
    .executeTakeFirst();
  if (!troubled) await settleTasks(trx, ctx, actor, { events: ['connection_ended'], about: { tutorId } });
}

async function refusing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isPluginError(error)) throw error;
    const again = error.code === 'unavailable' || error.code === 'outcome_unknown' ? ' Try again in a few minutes.' : '';
    throw new DomainError('provider_not_connected', `${error.publicMessage}${again}`, { cause: error });
  }
}

/** @param code `error` of RFC 6749, 4.1.2.1 */
function deniedWords(code: string, name: string): string {
  switch (code) {
    case 'access_denied':
      return `You did not allow the use of your ${name} account. Nothing was changed.`;
    case 'server_error':
    case 'temporarily_unavailable':
      return `${name} has a fault of its own. Try again in a few minutes.`;
    default:
      return `${name} refuses to connect accounts with the office’s settings. Tell the office: it can check them.`;
  }
}

function missingWords(name: string, missing: TutorAccounts['scopes']): string {
  const whys = missing.map(({ why }) => `“${why}”`).join(' and ');
  return `${name} was not allowed all that is needed: ${whys} ${missing.length === 1 ? 'is' : 'are'} missing. Connect again and leave every box ticked.`;
}

import type { Kysely } from 'kysely';
import { hashToken, newToken } from '#app/auth/token.server.ts';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { isPluginError } from '#plugins/contract/index.ts';

/** How long somebody may take at the provider's page. */
export const CONNECTING_MINUTES = 15;

export const callbackUrl = (origin: string, installId: string) => `${origin}/oauth/p/${installId}`;

/**
 * Begins to connect a tutor's account at a provider: the address of the provider's own page, where the tutor allows it. What comes
 * back counts once, within a quarter of an hour, and only in the sign-in session that began it.
 *
 * @throws DomainError not_found where tutors connect nothing there, provider_not_connected while it is not set up
 */
export async function beginConnecting(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock' | 'plugins' | 'config'>,
  input: { installId: string; tutorId: string; signInSessionId: string },
): Promise<URL> {
  const now = ctx.clock();
  const accounts = await ctx.plugins.tutorAccounts(db, input.installId).catch((error: unknown) => {
    if (!isPluginError(error)) throw error;
    throw new DomainError('provider_not_connected', error.publicMessage, { cause: error });
  });
  if (!accounts) throw new DomainError('not_found', 'Nothing is connected there.');
  if (!accounts.open) {
    const message = `The office has not set up ${accounts.install.name} for connecting yet.`;
    throw new DomainError('provider_not_connected', message);
  }
  const state = newToken();
  const stateHash = hashToken(state);
  const redirectUri = callbackUrl(ctx.config.origin, input.installId);
  const { url, verifier } = await accounts.begin({ redirectUri, state, stateHash });
  const old = new Date(now.getTime() - 24 * 60 * 60_000);
  await db.deleteFrom('oauthRequest').where('createdAt', '<', old).execute();
  await db
    .insertInto('oauthRequest')
    .values({
      ...{ stateHash, installId: input.installId, tutorId: input.tutorId, verifier, createdAt: now },
      sessionHash: input.signInSessionId,
    })
    .execute();
  return url;
}

import type { AppContext } from '#app/context.ts';
import { isPluginError } from '#plugins/contract/index.ts';

/**
 * Tells the provider that an account was given up: the job of `connection.revoke`. Throws while trying again may help. Where the
 * provider or its settings are gone there is nobody to tell.
 */
export async function revokeAccess(
  ctx: Pick<AppContext, 'db' | 'plugins' | 'log'>,
  { installId, token }: { installId: string; token: string },
): Promise<void> {
  try {
    const accounts = await ctx.plugins.tutorAccounts(ctx.db, installId);
    await accounts?.revoke(token);
  } catch (error) {
    if (!isPluginError(error) || ['unavailable', 'outcome_unknown', 'rate_limited'].includes(error.code)) throw error;
    ctx.log.warn({ installId, code: error.code }, 'a provider was not told of an account that was given up');
  }
}

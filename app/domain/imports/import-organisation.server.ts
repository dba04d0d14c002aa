import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { readPolicies } from '#app/domain/organisation/policies.ts';
import { findOrganisation, getOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import { isZone } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';

const isCurrency = (code: string) => Intl.supportedValuesOf('currency').includes(code);

const organisationFile = z.object({
  name: z.string().trim().min(1),
  timezone: z.string().refine(isZone, 'is not a time zone'),
  currency: z.string().refine(isCurrency, 'is not a currency of ISO 4217'),
  policies: z
    .object({ credits: z.object({ unit: z.enum(['session', 'minutes']), overdraft: z.enum(['allow', 'refuse']) }).optional() })
    .loose()
    .transform((policies) => ({ credits: policies.credits, rules: readPolicies(policies) })),
});

/**
 * Reads organisation.json and makes the organisation what it says: its name, zone, currency, policies and the settings
 * of credits. Without the file the organisation that is there stays.
 * @throws DomainError invalid_value naming each field, locked when the currency can't change any more
 */
export async function importOrganisation(trx: Transaction<DB>, ctx: DomainContext, directory: string): Promise<Organisation> {
  const existing = await findOrganisation(trx);
  const text = await readFile(join(directory, 'organisation.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return getOrganisation(trx);
  const { name, timezone, currency, policies } = parse(text);
  if (existing && (existing.currency !== currency || existing.timezone !== timezone)) {
    const posted = await trx.selectFrom('session').select('id').limit(1).executeTakeFirst();
    if (posted) throw new DomainError('locked', 'organisation.json: currency and timezone are fixed once there are sessions');
  }
  const invoicing = await ctx.plugins.billingInstallPaying(trx, 'invoice');
  const values = {
    name,
    timezone,
    currency,
    policies: JSON.stringify(policies.rules),
    billingInstallId: existing?.billingInstallId ?? invoicing,
  };
  if (!existing) await trx.insertInto('organisation').values(values).execute();
  else if (JSON.stringify(existing.policies) !== JSON.stringify(policies.rules) || existing.name !== name) {
    await trx.updateTable('organisation').set(values).execute();
  }
  if (policies.credits) {
    const credits = await ctx.plugins.billingInstallPaying(trx, 'credits');
    const install = await trx.selectFrom('pluginInstall').select('settings').where('id', '=', credits).executeTakeFirstOrThrow();
    const settings = { ...(install.settings as object), ...policies.credits };
    if (JSON.stringify(settings) !== JSON.stringify(install.settings)) {
      await trx
        .updateTable('pluginInstall')
        .set({ settings: JSON.stringify(settings) })
        .where('id', '=', credits)
        .execute();
    }
  }
  return getOrganisation(trx);
}

function parse(text: string) {
  try {
    return organisationFile.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    const reasons =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        : [(error as Error).message];
    throw new DomainError('invalid_value', reasons.map((reason) => `organisation.json: ${reason}`).join('\n'), { cause: error });
  }
}

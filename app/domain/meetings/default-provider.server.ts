import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { seatsProblem } from './seats.ts';

/**
 * The meeting provider of a session for which nobody chose one: the organisation's default, else the first usable one. A
 * default that is too small gives way to the first that is large enough, one that needs no account of the tutor before others.
 */
export async function defaultProviderFor(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  { installId, students }: { installId: string | null; students: number },
): Promise<string | undefined> {
  const usual = installId ? await ctx.plugins.findInstall(db, installId) : await ctx.plugins.defaultInstall(db, 'meeting');
  if (!usual || !seatsProblem(usual, students)) return usual?.id;
  const larger = (await ctx.plugins.listInstalls(db, 'meeting')).filter(
    (install) =>
      install.usable &&
      install.savedState === 'enabled' &&
      install.capabilities?.links !== 'none' &&
      !seatsProblem(install, students),
  );
  const chosen = larger.find((install) => install.capabilities?.auth !== 'per_tutor') ?? larger[0];
  return chosen?.id ?? usual.id;
}

import type { Kysely, Transaction } from 'kysely';
import { hashPassword } from '#app/auth/password.server.ts';
import { passwordProblem } from '#app/auth/password-rules.ts';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { addUser } from './invite-user.server.ts';
import { currentActor, lockUsers, writeRoles } from './user-access.server.ts';
import { writePassword } from './write-password.server.ts';

export interface Owner {
  email: string;
  name: string;
  password: string;
}

export interface NewCompany {
  name: string;
  timezone: string;
  currency: string;
  /** BCP 47: how dates, times and amounts are written. */
  locale: string;
}

/**
 * The first run: the owner, and the company where an import has not made it. Of two at once one wins, the other gets
 * already_done. Throws invalid_value for a password too easy.
 */
export async function setUp(
  db: Kysely<DB>,
  ctx: DomainContext,
  requestId: string | undefined,
  input: { owner: Owner; company: NewCompany | undefined },
): Promise<{ userId: string }> {
  const problem = passwordProblem(input.owner.password, [input.owner.name, input.owner.email, input.company?.name ?? '']);
  if (problem !== undefined) throw new DomainError('invalid_value', problem, { field: 'password' });
  const hash = await hashPassword(input.owner.password);
  return db.transaction().execute(async (trx) => {
    await lockUsers(trx);
    const somebody = await trx.selectFrom('users').select('id').limit(1).executeTakeFirst();
    if (somebody !== undefined) throw new DomainError('already_done', 'Lectern is set up already. Sign in.');
    const userId = await addUser(trx, {
      email: input.owner.email,
      name: input.owner.name,
    });
    await writeRoles(trx, userId, ['owner']);
    await writePassword(trx, userId, hash, ctx.clock());
    const actor: Actor = {
      userId,
      kind: 'user',
      ...(requestId === undefined ? {} : { requestId }),
    };
    await audit(trx, actor, {
      action: 'user.create',
      subjectType: 'user',
      subjectId: userId,
      after: { roles: ['owner'] },
    });
    await addCompany(trx, ctx, actor, input.company);
    return { userId };
  });
}

/** The company alone, for an owner who was made on the command line. */
export async function setUpCompany(db: Kysely<DB>, ctx: DomainContext, actor: Actor, company: NewCompany): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockUsers(trx);
    const by = await currentActor(trx, actor);
    if (by !== null && !by.roles.includes('owner')) throw new DomainError('forbidden', 'Only an owner sets the company up.');
    await addCompany(trx, ctx, actor, company);
  });
}

async function addCompany(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  company: NewCompany | undefined,
): Promise<void> {
  const existing = await trx.selectFrom('organisation').select('id').executeTakeFirst();
  if (existing !== undefined) return;
  if (company === undefined)
    throw new DomainError('invalid_value', "Give the company's name.", {
      field: 'company',
    });
  await trx
    .insertInto('organisation')
    .values({
      ...company,
      // What works without settings and without an account anywhere; the settings page changes both.
      billingInstallId: await ctx.plugins.billingInstallPaying(trx, 'invoice'),
      meetingInstallId: (await ctx.plugins.defaultInstall(trx, 'meeting'))?.id ?? null,
    })
    .execute();
  await audit(trx, actor, {
    action: 'organisation.create',
    subjectType: 'organisation',
    subjectId: null,
    after: { timezone: company.timezone, currency: company.currency },
  });
}

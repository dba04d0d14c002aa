import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ProgramValues } from './program.schema.ts';
import { getOrganisation } from './queries.server.ts';

/** Adds a program. Throws unknown_reference for a meeting provider that is not there. */
export async function createProgram(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: ProgramValues,
): Promise<{ id: string; ref: string }> {
  return inTransaction(db, async (trx) => {
    await checkProgram(trx, input);
    const program = await trx
      .insertInto('program')
      .values({
        ...input,
        policyOverrides: JSON.stringify(input.policyOverrides),
        schedulingOverrides: JSON.stringify(input.schedulingOverrides),
      })
      .returning(['id', 'ref'])
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'program.create',
      subjectType: 'program',
      subjectId: program.id,
      after: { ref: program.ref, ...input },
    });
    return program;
  });
}

export async function checkProgram(db: Kysely<DB>, input: ProgramValues): Promise<void> {
  if (input.meetingInstallId) await checkMeetingInstall(db, input.meetingInstallId);
  if (input.durations === null && input.defaultDuration !== null) {
    const { durations } = await getOrganisation(db);
    if (!durations.includes(input.defaultDuration)) {
      throw new DomainError(
        'invalid_value',
        `Choose one of the organisation's lengths: ${durations.join(', ')} minutes. Or give this program lengths of its own.`,
        {
          field: 'defaultDuration',
        },
      );
    }
  }
}

export async function checkMeetingInstall(db: Kysely<DB>, installId: string): Promise<void> {
  const install = await db.selectFrom('pluginInstall').select('kind').where('id', '=', installId).executeTakeFirst();
  if (install?.kind !== 'meeting') {
    throw new DomainError('unknown_reference', 'This meeting provider is not there any more. Choose another.', {
      field: 'meetingInstallId',
    });
  }
}

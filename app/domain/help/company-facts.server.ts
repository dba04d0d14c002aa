import { type Kysely, sql } from 'kysely';
import { currencyDigits } from '#app/domain/billing/money.ts';
import type { MoneySettings } from '#app/domain/billing/money-settings.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import type { CloseOutRules } from '#app/domain/closeout/close-out-rules.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import type { MeetingRules } from '#app/domain/meetings/meeting-rules.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import type { MessageRules } from '#app/domain/messages/message-rules.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { effectivePolicy, type Policy } from '#app/domain/organisation/policies.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { type SchedulingRules, schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import type { DB } from '#db/types.ts';

/** How the company works, as its rules say now: what the help is made of. */
export interface CompanyFacts {
  name: string;
  currency: string;
  digits: number;
  /** Of the company. */
  locale: string;
  support: string;
  durations: number[];
  joinWindowMinutes: number;
  policy: Policy;
  planning: SchedulingRules;
  closeOuts: CloseOutRules;
  messages: MessageRules;
  meetings: MeetingRules;
  money: MoneySettings;
  /** Programs whose rules are their own, by name. */
  programs: { name: string; policy: Policy; planning: SchedulingRules }[];
}

/** Programs of whom: everybody's, or those a tutor teaches in, or those a family's students learn in. */
export type WhosePrograms = 'all' | { tutorId: string } | { studentIds: readonly string[] };

export async function readCompanyFacts(db: Kysely<DB>, whose: WhosePrograms): Promise<CompanyFacts> {
  const [organisation, closeOuts, messages, meetings, money, programs] = await Promise.all([
    getOrganisation(db),
    getCloseOutRules(db),
    getMessageRules(db),
    getMeetingRules(db),
    getMoneySettings(db),
    listOwnRules(db, whose),
  ]);
  const tutor = whose !== 'all' && 'tutorId' in whose ? await overridesOf(db, whose.tutorId) : undefined;
  return {
    name: organisation.name,
    currency: organisation.currency,
    digits: currencyDigits(organisation.currency),
    locale: organisation.locale,
    support: organisation.supportContact ?? '',
    durations: organisation.durations,
    joinWindowMinutes: organisation.joinWindowMinutes,
    policy: effectivePolicy(organisation.policies),
    planning: schedulingRulesFor({ organisation: organisation.scheduling, tutor }),
    closeOuts,
    messages,
    meetings,
    money,
    programs: programs.map((program) => ({
      name: program.name,
      policy: effectivePolicy(organisation.policies, program.policyOverrides),
      planning: schedulingRulesFor({ organisation: organisation.scheduling, program: program.schedulingOverrides, tutor }),
    })),
  };
}

async function overridesOf(db: Kysely<DB>, tutorId: string): Promise<unknown> {
  const row = await db.selectFrom('tutor').select('schedulingOverrides').where('id', '=', tutorId).executeTakeFirst();
  return row?.schedulingOverrides;
}

function listOwnRules(db: Kysely<DB>, whose: WhosePrograms) {
  const with_ =
    whose === 'all'
      ? sql<boolean>`true`
      : 'tutorId' in whose
        ? sql<boolean>`EXISTS (SELECT 1 FROM engagement e WHERE e.program_id = program.id AND e.tutor_id = ${whose.tutorId})
            OR EXISTS (SELECT 1 FROM session s WHERE s.program_id = program.id AND s.tutor_id = ${whose.tutorId})`
        : sql<boolean>`EXISTS (SELECT 1 FROM engagement e WHERE e.program_id = program.id AND e.student_id = ANY(${[...whose.studentIds]}::uuid[]))
            OR EXISTS (SELECT 1 FROM attendance a JOIN session s ON s.id = a.session_id
                       WHERE s.program_id = program.id AND a.student_id = ANY(${[...whose.studentIds]}::uuid[]))`;
  return db
    .selectFrom('program')
    .select(['name', 'policyOverrides', 'schedulingOverrides'])
    .where('archivedAt', 'is', null)
    .where(sql<boolean>`(policy_overrides <> '{}' OR scheduling_overrides <> '{}')`)
    .where((eb) => eb.or([with_]))
    .orderBy('name')
    .orderBy('id')
    .execute();
}

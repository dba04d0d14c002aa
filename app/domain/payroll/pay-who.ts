import { isId } from '#app/domain/is-id.ts';

/** Whom a pay run is of. */
export type PayWho =
  | { kind: 'all' }
  /** Those of no pay group. */
  | { kind: 'rest' }
  | { kind: 'group'; groupId: string }
  /** Off the calendar: these tutors, now; the run covers no period, so that the regular one comes all the same. */
  | { kind: 'tutors'; tutorIds: readonly string[] };

export const EVERYBODY: PayWho = { kind: 'all' };

/** From an address or a form: "all", "rest", "group:ID", or "tutors" with their ids. Anything else is everybody. */
export function readPayWho(who: string | null, tutorIds: readonly string[] = []): PayWho {
  if (who === 'rest') return { kind: 'rest' };
  if (who === 'tutors') return { kind: 'tutors', tutorIds: [...new Set(tutorIds.filter(isId))].sort() };
  const groupId = who?.startsWith('group:') ? who.slice(6) : '';
  return isId(groupId) ? { kind: 'group', groupId } : EVERYBODY;
}

/** As `readPayWho` reads it. */
export const payWhoText = (who: PayWho): string => (who.kind === 'group' ? `group:${who.groupId}` : who.kind);

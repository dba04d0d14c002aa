import { type Evidence, roomOf, wasThere } from './evidence.ts';

/**
 * Why a close-out is worth a look before it is approved: what differs from the plan, from the evidence, or from what is
 * usual. Pure and browser-safe; the words are the page's.
 */

export type Deviation =
  | { kind: 'outcome'; name: string; outcome: string }
  /** Said to have been there, and nowhere to be seen. `byLink`: nobody tells who was in the room, only who came by our link. */
  | { kind: 'unseen'; name: string; byLink: boolean }
  /** Said not to have come, and seen. Null: by our link alone, nobody knows for how long. */
  | { kind: 'seen'; name: string; minutes: number | null }
  | { kind: 'tutor_unseen' }
  /** Fewer minutes together in the room than are told. */
  | { kind: 'room'; told: number; seen: number }
  | { kind: 'minutes'; told: number; planned: number }
  | { kind: 'paid_minutes'; paid: number; billed: number }
  /** Minutes later than planned; below zero: earlier. */
  | { kind: 'start'; by: number }
  | { kind: 'miles'; told: string; proposed: string; from: string }
  | { kind: 'private_note' }
  /** It went back to its tutor before, for this reason. */
  | { kind: 'sent_back'; reason: string };

export interface CloseOutFacts {
  startsAt: Date;
  durationMinutes: number;
  actualStartsAt: Date;
  actualMinutes: number;
  paidMinutes: number | null;
  miles: string | null;
  /** One way, from where the tutor was before on that day. */
  milesProposed: { miles: string; fromPlace: string } | undefined;
  hasPrivateNote: boolean;
  sentBackReason: string | null;
  places: readonly { attendanceId: string; name: string; outcome: string }[];
  /** Undefined: in person, or nothing is known. */
  evidence: Evidence | undefined;
}

/** The way there and back, and a detour: more than that is worth a look. */
const WAY_AND_BACK = 2.25;
/** So much a stay may differ from what is told before it is worth a word: people are let in, and say goodbye. */
const ROOM_TOLERANCE_MINUTES = 10;
/** A no-show may have looked in. */
const LOOKED_IN_MINUTES = 3;

const AS_PLANNED = ['attended', 'cancelled', 'late_cancel', 'planned'];

/** What is to be looked at first stands first. */
export function deviationsOf(facts: CloseOutFacts): Deviation[] {
  const found: Deviation[] = [...againstEvidence(facts)];
  for (const { name, outcome } of facts.places) if (!AS_PLANNED.includes(outcome)) found.push({ kind: 'outcome', name, outcome });
  const { actualMinutes: told, durationMinutes: planned, paidMinutes: paid, miles, milesProposed } = facts;
  // Where nobody attended the minutes are the plan's, whatever stands in the form.
  if (facts.places.some((place) => place.outcome === 'attended')) {
    if (told !== planned) found.push({ kind: 'minutes', told, planned });
    const by = Math.round((facts.actualStartsAt.getTime() - facts.startsAt.getTime()) / 60_000);
    if (by !== 0) found.push({ kind: 'start', by });
    if (paid !== null && paid !== told) found.push({ kind: 'paid_minutes', paid, billed: told });
  }
  if (miles !== null && milesProposed && Number(miles) > Number(milesProposed.miles) * WAY_AND_BACK + 1)
    found.push({ kind: 'miles', told: miles, proposed: milesProposed.miles, from: milesProposed.fromPlace });
  if (facts.hasPrivateNote) found.push({ kind: 'private_note' });
  if (facts.sentBackReason !== null) found.push({ kind: 'sent_back', reason: facts.sentBackReason });
  return found.sort((a, b) => weightOf(b) - weightOf(a));
}

function againstEvidence({ places, evidence, actualMinutes }: CloseOutFacts): Deviation[] {
  if (!evidence) return [];
  const found: Deviation[] = [];
  const attended = places.filter((place) => place.outcome === 'attended');
  for (const { attendanceId, name, outcome } of places) {
    const seen = wasThere(evidence, attendanceId);
    if (outcome === 'no_show' && seen && (seen.minutes === null || seen.minutes > LOOKED_IN_MINUTES))
      found.push({ kind: 'seen', name, minutes: seen.minutes });
    // Somebody in the room who is not known by name may be them.
    if (outcome === 'attended' && !seen && !evidence.strangers)
      found.push({ kind: 'unseen', name, byLink: evidence.stays.length === 0 });
  }
  if (attended.length === 0) return found;
  if (evidence.stays.length > 0 && !evidence.strangers && !wasThere(evidence, 'tutor')) found.push({ kind: 'tutor_unseen' });
  const seen = roomOf(
    evidence,
    attended.map((place) => place.attendanceId),
  );
  if (seen !== undefined && actualMinutes - seen > Math.max(ROOM_TOLERANCE_MINUTES, actualMinutes / 5))
    found.push({ kind: 'room', told: actualMinutes, seen });
  return found;
}

/** How urgently somebody should look; a close-out's own is its weightiest. */
export function weightOf(deviation: Deviation): number {
  switch (deviation.kind) {
    case 'tutor_unseen':
      return 95;
    case 'seen':
      return 90;
    case 'outcome':
      return deviation.outcome === 'no_show' ? 80 : 85;
    case 'unseen':
      return deviation.byLink ? 25 : 75;
    case 'room':
      return 70;
    case 'minutes':
      return 40 + farOff(deviation.told - deviation.planned);
    case 'paid_minutes':
      return 40 + farOff(deviation.paid - deviation.billed);
    case 'start':
      return 20 + farOff(deviation.by);
    case 'miles':
      return 50;
    case 'private_note':
      return 45;
    case 'sent_back':
      return 60;
  }
}

const farOff = (minutes: number) => Math.min(Math.abs(minutes), 60) / 3;

/** For the order of the queue: the weightiest first, of equal ones that with more to look at. */
export const urgencyOf = (deviations: readonly Deviation[]): number =>
  deviations.reduce((most, deviation) => Math.max(most, weightOf(deviation)), 0) + Math.min(deviations.length, 9) / 10;

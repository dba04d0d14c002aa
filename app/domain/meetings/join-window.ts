export type JoinStateName = 'open' | 'too_early' | 'ended' | 'cancelled' | 'pending' | 'failed' | 'in_person' | 'none';

export interface JoinFacts {
  now: Date;
  startsAt: Date;
  endsAt: Date;
  joinWindowMinutes: number;
  /** The session's status. */
  status: string;
  /** `online` or `in_person`. */
  mode: string;
  meeting: { state: string } | null;
}

export interface JoinState {
  state: JoinStateName;
  /** From when on the room may be entered. */
  opensAt: Date;
}

/** So long after the start a tutor who hasn't joined is late. */
export const LATE_AFTER_MINUTES = 5;

const off: readonly string[] = ['cancelled', 'late_cancelled', 'declined', 'rescheduled', 'tutor_no_show'];

/**
 * Whether a session's room may be entered now, and if not, why. From the organisation's join window before the start
 * until the end. A room that failed is said at once, not at the hour: there is time to do something about it.
 */
export function joinState(facts: JoinFacts): JoinState {
  const opensAt = new Date(facts.startsAt.getTime() - facts.joinWindowMinutes * 60_000);
  const state = (name: JoinStateName): JoinState => ({ state: name, opensAt });
  if (off.includes(facts.status)) return state('cancelled');
  if (facts.mode === 'in_person') return state('in_person');
  if (facts.now >= facts.endsAt || facts.meeting?.state === 'ended') return state('ended');
  if (!facts.meeting || facts.status === 'requested') return state('none');
  if (facts.meeting.state === 'failed' || facts.meeting.state === 'released') return state('failed');
  if (facts.now < opensAt) return state('too_early');
  return state(facts.meeting.state === 'ready' ? 'open' : 'pending');
}

import { type RuleLayers, readSchedulingOverrides, schedulingRulesFor } from './scheduling-rules.ts';

/**
 * Who may plan what by themselves, and if not why: one answer for pages and use cases. The office may always. Browser-safe.
 */

/** Who plans beside the office. */
export type Planner = 'tutor' | 'family';
export type PlanningAct = 'book' | 'move' | 'cancel';
export type RightsSource = 'organisation' | 'program' | 'tutor' | 'engagement';

export interface Right {
  may: boolean;
  /** Which layer said so. */
  from: RightsSource;
}

export interface PlanningRights {
  tutor: Record<PlanningAct, Right>;
  family: Record<PlanningAct | 'request', Right>;
}

/** Every right of tutor and family, with where it comes from. */
export function planningRights(layers: RuleLayers): PlanningRights {
  const rules = schedulingRulesFor(layers);
  const program = readSchedulingOverrides(layers.program);
  const tutor = readSchedulingOverrides(layers.tutor);
  const who = layers.whoMaySchedule;
  const byRules = (side: Planner, act: PlanningAct | 'request'): RightsSource => {
    const says = (over: typeof tutor) => (over[side] as Record<string, boolean | undefined> | undefined)?.[act] !== undefined;
    return says(tutor) ? 'tutor' : says(program) ? 'program' : 'organisation';
  };
  const beneath = schedulingRulesFor({ ...layers, whoMaySchedule: null });
  const ofTutor = (act: PlanningAct): Right => ({ may: rules.tutor[act], from: who ? 'engagement' : byRules('tutor', act) });
  const ofFamily = (act: PlanningAct | 'request'): Right => {
    // What the engagement leaves as it was is not its word: asking, and a cancellation that the rules allow anyway.
    const own = who && act !== 'request' && !(act === 'cancel' && beneath.family.cancel);
    return { may: rules.family[act], from: own ? 'engagement' : byRules('family', act) };
  };
  return {
    tutor: { book: ofTutor('book'), move: ofTutor('move'), cancel: ofTutor('cancel') },
    family: { request: ofFamily('request'), book: ofFamily('book'), move: ofFamily('move'), cancel: ofFamily('cancel') },
  };
}

/** What a plan is made for, as far as rights go by it. */
export interface PlanningMatter {
  layers: RuleLayers;
  programName: string;
  tutorName: string;
  /** Of the pair; null where tutor and student are not engaged. */
  engagement: { startsOn: string; endsOn: string | null } | null;
  /** The new session's start date in the organisation's zone, where one is asked for. */
  day?: string | undefined;
  /** The session to be moved or cancelled. */
  session?:
    | {
        status: string;
        startsAt: Date;
        /** Somebody of another family is still in it. */
        othersIn: boolean;
        /** Up to when the family cancels in time. */
        inTimeUntil: Date;
      }
    | undefined;
  now: Date;
  /** A family's decisions cost its payer money: a student who is nobody's client asks. */
  pays: boolean;
}

/** At once; or only by asking whoever answers; or not at all. `why` is shown as it stands. */
export type Way = { way: 'at_once' } | { way: 'ask'; why: string } | { way: 'no'; why: string };

/** May this planner do this with this session or engagement, and if not, why? */
export function wayToPlan(by: Planner, act: PlanningAct, matter: PlanningMatter): Way {
  const stuck = act === 'book' ? whyNotBooked(by, matter) : whyNotChanged(matter);
  if (stuck) return { way: 'no', why: stuck };
  const why = whyNotAtOnce(by, act, matter);
  if (why === undefined) return { way: 'at_once' };
  // A tutor can always ask the office; a family where the rules let it.
  const rights = planningRights(matter.layers);
  return by === 'tutor' || rights.family.request.may ? { way: 'ask', why } : { way: 'no', why };
}

function whyNotBooked(by: Planner, { engagement, day, tutorName }: PlanningMatter): string | undefined {
  if (!engagement)
    return by === 'tutor'
      ? 'This student is not engaged to you: ask the office.'
      : `You are not engaged to ${tutorName}: ask the office.`;
  if (day !== undefined && day < engagement.startsOn) return `This engagement begins on ${formatDay(engagement.startsOn)}.`;
  if (day !== undefined && engagement.endsOn !== null && day > engagement.endsOn)
    return `This engagement ends on ${formatDay(engagement.endsOn)}.`;
  return undefined;
}

function whyNotChanged({ session, now }: PlanningMatter): string | undefined {
  if (!session) throw new Error('moving and cancelling need the session');
  if (session.status !== 'scheduled') return 'Only a planned session can be moved or cancelled.';
  if (session.startsAt <= now) return 'This session has begun: only the office can change it now.';
  return undefined;
}

function whyNotAtOnce(by: Planner, act: PlanningAct, matter: PlanningMatter): string | undefined {
  const right = planningRights(matter.layers)[by][act];
  if (!right.may) return deniedWords(by, act, right.from, matter);
  const { session, now } = matter;
  if (by === 'tutor') {
    const notice = schedulingRulesFor(matter.layers).minNoticeMinutes;
    if (session && session.startsAt.getTime() - now.getTime() < notice * 60_000)
      return `It starts in less than ${noticeWords(notice)}: ask the office.`;
    return undefined;
  }
  if (!matter.pays) return 'Who pays for the lessons decides this: what you choose is asked for first.';
  if (act === 'move' && session?.othersIn) return 'Others are in this session too: another time is asked for.';
  if (act === 'move' && session && now > session.inTimeUntil)
    return 'It is too late to move it by yourself: another time is asked for.';
  return undefined;
}

const acts: Record<PlanningAct, string> = { book: 'book', move: 'move sessions', cancel: 'cancel sessions' };

function deniedWords(by: Planner, act: PlanningAct, from: RightsSource, matter: PlanningMatter): string {
  const { programName, tutorName, layers } = matter;
  if (from === 'engagement') {
    const planner = { office: 'office', tutor: 'tutor', family: 'family', any: 'office' }[layers.whoMaySchedule ?? 'office'];
    return `The ${planner ?? 'office'} plans this engagement.`;
  }
  if (from === 'tutor') return `The office plans ${tutorName}’s sessions.`;
  const people = by === 'tutor' ? 'tutors' : 'families';
  const where = from === 'program' ? `In ${programName} ${people}` : by === 'tutor' ? 'Tutors here' : 'Families here';
  return `${where} don’t ${acts[act]} by themselves: the office does.`;
}

export function noticeWords(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} minutes`;
  return minutes === 60 ? 'an hour' : `${minutes / 60} hours`;
}

/** 3 March 2026: for a reason that is shown to anyone, whatever their locale. */
export function formatDay(date: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${date}T12:00:00Z`),
  );
}

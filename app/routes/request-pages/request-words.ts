import { minutesText } from '#app/ui/session-length.ts';
import type { Tone } from '#app/ui/status-badge.tsx';

export const URGENCY_WORDS = { low: 'No hurry', normal: 'Normal', high: 'Urgent' } as const;

export const URGENCY_TONES: Record<keyof typeof URGENCY_WORDS, Tone> = { low: 'quiet', normal: 'neutral', high: 'bad' };

export const MODE_WORDS = { online: 'Online', in_person: 'In person' } as const;

export const GENDER_WORDS = { female: 'A woman', male: 'A man', other: 'Other' } as const;

export const SOURCE_WORDS = { office: 'The office', enquiry: 'Enquiry form', family: 'The family', import: 'Import' } as const;

export const STAGE_KIND_WORDS = {
  new: 'Where requests arrive',
  working: 'Being worked on',
  offered: 'A tutor is asked',
  won: 'Engaged',
  lost: 'Closed without',
} as const;

export const requestLabels: Record<string, string> = {
  who: 'Who it is for',
  studentId: 'Student',
  clientId: 'Client who pays',
  'client.name': 'Name of who asks',
  'client.email': 'E-mail',
  'client.phone': 'Phone',
  'student.firstName': 'Student’s first name',
  'student.lastName': 'Student’s last name',
  'student.grade': 'Grade or year',
  subjectId: 'Subject',
  levelId: 'Level',
  programId: 'Program',
  mode: 'Where',
  placeId: 'Place',
  location: 'Address or area',
  sessionMinutes: 'Minutes a session',
  sessionsPerWeek: 'Sessions a week',
  zone: 'Time zone of the times',
  times: 'Times',
  startsOn: 'From',
  endsOn: 'Until',
  urgency: 'Urgency',
  wishGender: 'Tutor’s gender',
  wishLanguages: 'Languages',
  wishTutorId: 'A tutor they know',
  tags: 'Style of the tutor',
  wishes: 'In their own words',
  assigneeId: 'Who works on it',
};

/** 2 × 1 h a week; what is not known is left out. */
export function amountText(of: { sessionMinutes: number | null; sessionsPerWeek: number | null }): string {
  const length = of.sessionMinutes === null ? '' : minutesText(of.sessionMinutes);
  if (of.sessionsPerWeek === null) return length;
  if (length === '') return `${of.sessionsPerWeek}\u00a0× a week`;
  return `${of.sessionsPerWeek}\u00a0× ${length} a week`;
}

/** How long it stands there: today, 1 day, 12 days. */
export function daysText(since: Date, now: Date): string {
  const days = Math.floor((now.getTime() - since.getTime()) / 86_400_000);
  return days < 1 ? 'today' : days === 1 ? '1\u00a0day' : `${days}\u00a0days`;
}

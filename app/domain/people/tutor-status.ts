/** Where a tutor stands, in the order of their time with the company. Browser-safe. */

export const TUTOR_STATUSES = ['applicant', 'onboarding', 'active', 'dormant', 'left'] as const;
export type TutorStatus = (typeof TUTOR_STATUSES)[number];

export const tutorStatusNames: Record<TutorStatus, string> = {
  applicant: 'Applicant',
  onboarding: 'Onboarding',
  active: 'Active',
  dormant: 'Dormant',
  left: 'Left',
};

/** What it means for planning. */
export const tutorStatusHints: Record<TutorStatus, string> = {
  applicant: 'Has applied. Not offered for sessions, matching or the booking page.',
  onboarding: 'Is on the way in. Not offered for sessions, matching or the booking page.',
  active: 'Can be booked, matched, offered work and chosen by guests.',
  dormant: 'Takes a break. Not offered for anything new; what is planned stays.',
  left: 'Teaches here no longer. Not offered for anything new; what is planned stays until you deal with it.',
};

export const isTutorStatus = (text: unknown): text is TutorStatus => TUTOR_STATUSES.some((status) => status === text);

export const GENDERS = ['female', 'male', 'other'] as const;
export type Gender = (typeof GENDERS)[number];
export const genderNames: Record<Gender, string> = { female: 'Female', male: 'Male', other: 'Other' };

export const MODES = ['online', 'in_person'] as const;
export const modeNames: Record<(typeof MODES)[number], string> = { online: 'Online', in_person: 'In person' };

import type { TutorStatus } from '#app/domain/people/tutor-status.ts';
import type { Tone } from '#app/ui/status-badge.tsx';

export const tutorStatusTone: Record<TutorStatus, Tone> = {
  applicant: 'attention',
  onboarding: 'live',
  active: 'good',
  dormant: 'neutral',
  left: 'quiet',
};

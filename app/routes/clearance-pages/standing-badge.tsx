import { type Standing, standingWords } from '#app/domain/clearances/clearance.ts';
import { StatusBadge, type Tone } from '#app/ui/status-badge.tsx';

const tones: Record<Standing, Tone> = {
  missing: 'bad',
  expired: 'bad',
  rejected: 'bad',
  expiring: 'attention',
  to_check: 'live',
  valid: 'good',
};

/** What nobody asks of a tutor is merely not there. */
export function StandingBadge({ standing, required = true }: { standing: Standing; required?: boolean }) {
  const missing = standing === 'missing' && !required;
  return <StatusBadge label={missing ? 'None' : standingWords[standing]} tone={missing ? 'quiet' : tones[standing]} />;
}

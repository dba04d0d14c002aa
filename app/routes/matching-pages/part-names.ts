import type { ScorePart } from '#app/domain/matching/match-facts.ts';

export const PART_NAMES: Record<ScorePart, string> = {
  times: 'Times',
  continuity: 'Continuity',
  load: 'Load',
  distance: 'Distance',
  wishes: 'Wishes',
  outcomes: 'Reliability',
};

import { SCORE_PARTS, type ScorePart } from '#app/domain/matching/match-facts.ts';
import type { WeightsPreview } from '#app/domain/matching/preview-weights.server.ts';
import { partPoints } from '#app/domain/matching/score.ts';

export interface PreviewRow {
  id: string;
  name: string;
  points: number;
  /** Places won against the saved weights; negative: lost. */
  moved: number;
}

type Weights = Record<ScorePart, number>;

/** The tutors as these weights rank them, and how that differs from what is saved. */
export function rankedBy(tutors: WeightsPreview['tutors'], typed: Weights, saved: Weights): PreviewRow[] {
  const before = new Map(inOrder(tutors, saved).map(({ id }, place) => [id, place]));
  return inOrder(tutors, typed).map(({ id, name, points }, place) => ({
    id,
    name,
    points,
    moved: (before.get(id) ?? place) - place,
  }));
}

/** As matching does: the best score first, then by name. */
function inOrder(tutors: WeightsPreview['tutors'], weights: Weights) {
  return tutors
    .map(({ id, name, worths }) => ({
      id,
      name,
      points: SCORE_PARTS.reduce((sum, part) => sum + partPoints(weights[part], worths[part]), 0),
    }))
    .sort((a, b) => b.points - a.points || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

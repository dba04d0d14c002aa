import type { AppLoadContext } from '@remix-run/node';
import { checklistOf } from '#app/domain/checklists/checklist-queries.server.ts';
import { listLikelySameTutors } from '#app/domain/public-forms/likely-same-tutor.server.ts';

/** A tutor's checklist; of an applicant also who may be the same person. */
export async function onboardingOf({ db, clock }: AppLoadContext, tutor: { id: string; status: string }) {
  const [lines, same] = await Promise.all([
    checklistOf(db, 'tutor', tutor.id, clock()),
    tutor.status === 'applicant' ? listLikelySameTutors(db, tutor.id) : [],
  ]);
  return { lines, same };
}

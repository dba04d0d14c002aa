import type { OfferAnswer } from '#app/domain/offers/answer-offer.server.ts';
import { DECLINE_REASONS } from '#app/domain/offers/decline-reasons.ts';

/** Why an answer was not taken, with what was typed. */
export interface AnswerProblem {
  message: string | null;
  reason: string;
  note: string;
  /** At the reason. */
  error: string | null;
}

const LONGEST = 500;

/** A tutor's yes, or no with a reason that the reports can count. */
export function readAnswer(form: FormData): OfferAnswer['answer'] | { problem: AnswerProblem } {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  if (text('answer') === 'accept') return { kind: 'accept' };
  const [reason, note] = [text('reason'), text('note')];
  const refused = (error: string) => ({ problem: { message: null, reason, note, error } });
  const known = DECLINE_REASONS.find((one) => one === reason);
  if (!known) return refused('Choose why, so that the office can look for somebody who fits better');
  if (note.length > LONGEST) return refused(`Say it in ${LONGEST} characters`);
  return { kind: 'decline', reason: note === '' ? known : `${known}: ${note}` };
}

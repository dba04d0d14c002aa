import type { RecordAnswer } from './record-answer.ts';

/** A page with a form and buttons: which of them was refused. */
export function answerOf(answer: RecordAnswer | { message: string } | null | undefined) {
  if (!answer) return { answer: undefined, told: undefined };
  return 'values' in answer ? { answer, told: undefined } : { answer: undefined, told: answer };
}

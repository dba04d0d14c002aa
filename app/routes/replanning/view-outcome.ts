import type { NamedChange } from '#app/domain/scheduling/change-queries.server.ts';
import type { ChangeOutcome } from '#app/domain/scheduling/session-changes.ts';
import { formatCredits, formatMoney } from '#app/ui/format.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';

export interface OutcomeView {
  /** "3 get a substitute, 1 moves, 1 is cancelled." */
  summary: string;
  /** Who is told, and what it costs. */
  consequences: string[];
  lines: { id: string; href: string; what: string; when: string; text: string; failed: boolean }[];
  failed: number;
  /** What the button says. */
  confirm: string;
}

interface Sight {
  reader: Reader;
  currency: string;
  /** It is done; else it would be. */
  done: boolean;
}

const many = (count: number, one: string, several: string) => `${count} ${count === 1 ? one : several}`;

/** Many changes in words and numbers, before they are made and after. */
export function viewOutcome(outcome: ChangeOutcome, changes: readonly NamedChange[], sight: Sight): OutcomeView {
  const { reader, currency, done } = sight;
  const { families, tutors, fees, free, makeUps, creditsReturned } = outcome;
  const good = changes.filter((change) => change.state !== 'failed');
  const count = (kind: string) => good.filter((change) => change.choice.kind === kind).length;
  const parts = [
    [count('substitute'), done ? ['got a substitute', 'got a substitute'] : ['gets a substitute', 'get a substitute']],
    [count('move'), done ? ['was moved', 'were moved'] : ['moves', 'move']],
    [count('cancel'), done ? ['was cancelled', 'were cancelled'] : ['is cancelled', 'are cancelled']],
  ] as const;
  const failed = changes.length - good.length;
  const summary = parts.flatMap(([n, [one, several]]) => (n > 0 ? [`${n} ${n === 1 ? one : several}`] : [])).join(', ');
  const told = [
    families > 0 ? many(families, 'family', 'families') : '',
    tutors > 0 ? many(tutors, 'tutor', 'tutors') : '',
  ].filter(Boolean);
  const toldVerb = done ? (families + tutors === 1 ? 'was' : 'were') : families + tutors === 1 ? 'is' : 'are';
  return {
    summary: summary ? `${summary}.` : 'Nothing changes.',
    consequences: [
      told.length > 0 ? `${told.join(' and ')} ${toldVerb} told by mail, each once.` : '',
      fees > 0n ? `${formatMoney(fees, currency, reader.locale)} late fees.` : count('cancel') > 0 ? 'No late fees.' : '',
      free > 0 ? `${many(free, 'late one is a free one of its term', 'late ones are free ones of their term')}.` : '',
      makeUps > 0 ? `${many(makeUps, 'late one may be made up for', 'late ones may be made up for')} before it is charged.` : '',
      creditsReturned > 0n
        ? `${formatCredits(creditsReturned, reader.locale)} ${creditsReturned === 100n ? 'credit comes' : 'credits come'} back.`
        : '',
    ].filter(Boolean),
    lines: changes.map((change) => ({
      id: change.sessionId,
      href: `/office/sessions/${change.sessionId}`,
      what: `${change.title}, ${change.studentNames.join(', ')}`,
      when: whenText(reader, change.startsAt, change.endsAt),
      text: lineText(change, reader),
      failed: change.state === 'failed',
    })),
    failed,
    confirm: good.length === 0 ? '' : `${confirmWord(good)} ${many(good.length, 'session', 'sessions')}`,
  };
}

function confirmWord(good: readonly NamedChange[]): string {
  const kinds = new Set(good.map((change) => change.choice.kind));
  if (kinds.size > 1) return 'Change';
  return kinds.has('cancel') ? 'Cancel' : kinds.has('move') ? 'Move' : 'Hand over';
}

function whenText(reader: Reader, startsAt: Date, endsAt: Date): string {
  const { day, time } = whenOf(reader, startsAt, endsAt);
  return `${day}, ${time}`;
}

function lineText(change: NamedChange, reader: Reader): string {
  if (change.state === 'failed') return change.message ?? 'It can’t be done.';
  const before = change.state === 'already' ? 'Done already: ' : '';
  if (change.choice.kind === 'substitute') return `${before}${change.substituteName ?? 'Another tutor'} teaches it`;
  if (change.choice.kind === 'cancel') return `${before}Cancelled`;
  const length = change.endsAt.getTime() - change.startsAt.getTime();
  return change.movesTo
    ? `${before}To ${whenText(reader, change.movesTo, new Date(change.movesTo.getTime() + length))}`
    : `${before}Moved`;
}

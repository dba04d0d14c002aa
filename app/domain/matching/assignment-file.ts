import { DomainError } from '#app/domain/errors.ts';
import type { AssignmentPair, AssignmentProblem } from './assignment.ts';

/** Public collections of assignment problems, numbers between white space, all to be minimised. */
export const ASSIGNMENT_FORMATS = {
  /** n, then n x n costs row by row; every row gets a column of its own. */
  'orlib-assign': readAssign,
  /** m and n, then m x n costs, m x n weights and m capacities: each of n items to one of m agents that can hold it. */
  gap: readGap,
} as const;

export type AssignmentFormat = keyof typeof ASSIGNMENT_FORMATS;

/** More pairs than that don't go into memory. */
const MOST_PAIRS = 10_000_000;

/** @throws DomainError invalid_value saying which number is missing or wrong */
export function readAssignmentFile(text: string, format: AssignmentFormat): AssignmentProblem {
  const numbers = new Numbers(text);
  const problem = ASSIGNMENT_FORMATS[format](numbers);
  numbers.end();
  return problem;
}

function readAssign(numbers: Numbers): AssignmentProblem {
  const n = numbers.size('the number of rows');
  numbers.atMost(n * n);
  const pairs: AssignmentPair[] = [];
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      pairs.push({ row, column, cost: numbers.next(`the cost of row ${row + 1}, column ${column + 1}`), use: 1 });
    }
  }
  return { rows: n, capacities: new Array<number>(n).fill(1), pairs, unplacedCost: null };
}

function readGap(numbers: Numbers): AssignmentProblem {
  const agents = numbers.size('the number of agents');
  const items = numbers.size('the number of items');
  numbers.atMost(agents * items);
  const pairs: AssignmentPair[] = [];
  for (let column = 0; column < agents; column++) {
    for (let row = 0; row < items; row++) {
      pairs.push({ row, column, cost: numbers.next(`the cost of item ${row + 1} at agent ${column + 1}`), use: 0 });
    }
  }
  for (const pair of pairs) pair.use = numbers.positive(`the weight of item ${pair.row + 1} at agent ${pair.column + 1}`);
  const capacities = Array.from({ length: agents }, (_, agent) => numbers.positive(`the capacity of agent ${agent + 1}`));
  return { rows: items, capacities, pairs, unplacedCost: null };
}

/** The numbers of a text one by one, each with what it is for when it isn't there. */
class Numbers {
  #words: string[];
  #read = 0;

  constructor(text: string) {
    this.#words = text.split(/\s+/).filter((word) => word !== '');
  }

  next(what: string): number {
    const word = this.#words[this.#read];
    if (word === undefined) throw invalid(`The file ends before ${what}.`);
    this.#read += 1;
    const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : Number.NaN;
    if (!Number.isFinite(number)) throw invalid(`${sentence(what)} must be a number, not "${word.slice(0, 40)}".`);
    return number;
  }

  positive(what: string): number {
    const number = this.next(what);
    if (number < 0) throw invalid(`${sentence(what)} must not be negative, it is ${number}.`);
    return number;
  }

  size(what: string): number {
    const number = this.next(what);
    if (!Number.isInteger(number) || number < 1)
      throw invalid(`${sentence(what)} must be a whole number above 0, it is ${number}.`);
    return number;
  }

  atMost(pairs: number): void {
    if (pairs > MOST_PAIRS) throw invalid(`The file speaks of ${pairs} pairs; ${MOST_PAIRS} are the most.`);
  }

  end(): void {
    const left = this.#words.length - this.#read;
    if (left > 0) throw invalid(`The file goes on after its last number: ${left} more ${left === 1 ? 'word' : 'words'}.`);
  }
}

const invalid = (message: string) => new DomainError('invalid_value', message);
const sentence = (what: string) => `${what.charAt(0).toUpperCase()}${what.slice(1)}`;

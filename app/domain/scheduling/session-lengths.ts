interface Times {
  /** Null: nothing of its own. */
  durations: readonly number[] | null;
  gridMinutes: number | null;
}

export interface SessionLengths {
  /** What can be chosen, in order; empty where program and provider have none in common. */
  durations: number[];
  /** Sessions begin at whole multiples of it, counted from midnight. */
  gridMinutes: number;
}

/** The program's lengths and grid, else the organisation's; of them what the provider of an online session takes. */
export function sessionLengths(
  organisation: { durations: readonly number[]; gridMinutes: number },
  program: Times,
  provider?: Times | undefined,
): SessionLengths {
  const durations = program.durations ?? organisation.durations;
  const taken = provider?.durations;
  const grid = program.gridMinutes ?? organisation.gridMinutes;
  return {
    durations: (taken ? durations.filter((minutes) => taken.includes(minutes)) : [...durations]).sort((a, b) => a - b),
    gridMinutes: provider?.gridMinutes ? commonMultiple(grid, provider.gridMinutes) : grid,
  };
}

function commonMultiple(a: number, b: number): number {
  let multiple = Math.max(a, b);
  while (multiple % a !== 0 || multiple % b !== 0) multiple += Math.max(a, b);
  return multiple;
}

export const lengthsText = (durations: readonly number[]): string =>
  durations.length === 0
    ? 'The online room takes none of the lengths of this program.'
    : `Choose one of ${durations.join(', ')} minutes.`;

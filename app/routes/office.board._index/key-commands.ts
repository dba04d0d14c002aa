import type { Nudge } from './carry.ts';
import type { Step } from './focus.ts';

export interface Key {
  key: string;
  shift: boolean;
  /** Ctrl, or Cmd on a Mac. */
  ctrl: boolean;
  alt: boolean;
}

export type Command =
  | { type: 'focus'; step: Step }
  | { type: 'nudge'; nudge: Nudge }
  | { type: 'resize'; nudge: 'longer' | 'shorter' }
  | { type: 'range'; by: -1 | 1 }
  | {
      type:
        | 'pick-up'
        | 'drop'
        | 'put-back'
        | 'open'
        | 'create'
        | 'cancel'
        | 'select'
        | 'select-row'
        | 'clear'
        | 'copy'
        | 'paste'
        | 'undo'
        | 'today'
        | 'search'
        | 'help';
    };

const STEPS: Record<string, Step> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

const NUDGES: Record<string, Nudge> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'day-before',
  PageDown: 'day-after',
};

const length = (key: string) => (key === 'ArrowRight' || key === 'ArrowDown' ? 'longer' : 'shorter') as 'longer' | 'shorter';

/** What a key means: with something in the hand the arrows move it, without they move the focus. */
export function commandOf({ key, shift, ctrl, alt }: Key, carrying: boolean): Command | undefined {
  if (alt) return undefined;
  if (carrying) return whileCarrying(key, shift, ctrl);
  if (ctrl) return withControl(key, shift);
  if (shift && (key === 'ArrowLeft' || key === 'ArrowRight')) return { type: 'resize', nudge: length(key) };
  const step = STEPS[key];
  if (step) return { type: 'focus', step };
  return plainKey(key);
}

function whileCarrying(key: string, shift: boolean, ctrl: boolean): Command | undefined {
  if (key === 'Escape') return { type: 'put-back' };
  if (key === 'Enter' || key === ' ') return { type: 'drop' };
  if (ctrl) return undefined;
  if (shift && key.startsWith('Arrow')) return { type: 'nudge', nudge: length(key) };
  const nudge = NUDGES[key];
  return nudge && { type: 'nudge', nudge };
}

function withControl(key: string, shift: boolean): Command | undefined {
  switch (key.toLowerCase()) {
    case 'home':
      return { type: 'focus', step: 'first' };
    case 'end':
      return { type: 'focus', step: 'last' };
    case ' ':
      return { type: 'select' };
    case 'a':
      return { type: 'select-row' };
    case 'c':
      return { type: 'copy' };
    case 'v':
      return { type: 'paste' };
    case 'z':
      return shift ? undefined : { type: 'undo' };
    default:
      return undefined;
  }
}

function plainKey(key: string): Command | undefined {
  switch (key.toLowerCase()) {
    case 'enter':
    case ' ':
      return { type: 'pick-up' };
    case 'o':
      return { type: 'open' };
    case 'n':
      return { type: 'create' };
    case 'delete':
    case 'backspace':
      return { type: 'cancel' };
    case 'x':
      return { type: 'select' };
    case 'escape':
      return { type: 'clear' };
    case 't':
      return { type: 'today' };
    case ',':
      return { type: 'range', by: -1 };
    case '.':
      return { type: 'range', by: 1 };
    case '/':
      return { type: 'search' };
    case '?':
      return { type: 'help' };
    default:
      return undefined;
  }
}

/** The keys as the help lists them. */
export const KEYS: readonly { keys: string[]; does: string }[] = [
  { keys: ['Arrows'], does: 'Go to the next session, or the next tutor' },
  { keys: ['Enter', 'Space'], does: 'Pick the session up; again: put it down' },
  { keys: ['Arrows'], does: 'Move what is picked up by a step of the grid, or to another tutor' },
  { keys: ['Page up', 'Page down'], does: 'Move what is picked up by a day' },
  { keys: ['Shift', 'Arrows'], does: 'Make it longer or shorter' },
  { keys: ['Esc'], does: 'Put it back; without anything picked up: let the selection go' },
  { keys: ['N'], does: 'Draw a new session; Enter opens its form' },
  { keys: ['O'], does: 'Open the session' },
  { keys: ['Delete'], does: 'Cancel the session, with what that means said first' },
  { keys: ['X'], does: 'Add to the selection, to move several together' },
  { keys: ['Ctrl', 'A'], does: 'Select the tutor’s sessions of that day' },
  { keys: ['Ctrl', 'C'], does: 'Copy; Ctrl V books the same again where you put it' },
  { keys: ['Ctrl', 'Z'], does: 'Undo' },
  { keys: [',', '.'], does: 'Earlier, later' },
  { keys: ['T'], does: 'Today' },
  { keys: ['/'], does: 'Find a tutor' },
  { keys: ['?'], does: 'This help' },
];

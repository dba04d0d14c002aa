import { describe, expect, it } from 'vitest';
import { commandOf } from './key-commands.ts';

const key = (name: string, over: Partial<{ shift: boolean; ctrl: boolean; alt: boolean }> = {}) => ({
  key: name,
  shift: false,
  ctrl: false,
  alt: false,
  ...over,
});

describe('the keys of the board', () => {
  it('the arrows move the focus, and what is picked up once something is', () => {
    expect(commandOf(key('ArrowDown'), false)).toEqual({ type: 'focus', step: 'down' });
    expect(commandOf(key('ArrowDown'), true)).toEqual({ type: 'nudge', nudge: 'down' });
    expect(commandOf(key('PageDown'), true)).toEqual({ type: 'nudge', nudge: 'day-after' });
  });

  it('Enter and Space pick up and put down, Escape puts back', () => {
    for (const name of ['Enter', ' ']) {
      expect(commandOf(key(name), false)).toEqual({ type: 'pick-up' });
      expect(commandOf(key(name), true)).toEqual({ type: 'drop' });
    }
    expect(commandOf(key('Escape'), true)).toEqual({ type: 'put-back' });
    expect(commandOf(key('Escape'), false)).toEqual({ type: 'clear' });
  });

  it('Shift with an arrow makes it longer or shorter, picked up or not', () => {
    expect(commandOf(key('ArrowRight', { shift: true }), false)).toEqual({ type: 'resize', nudge: 'longer' });
    expect(commandOf(key('ArrowLeft', { shift: true }), true)).toEqual({ type: 'nudge', nudge: 'shorter' });
  });

  it('leaves the keys of the browser alone', () => {
    expect(commandOf(key('ArrowLeft', { alt: true }), false)).toBeUndefined();
    expect(commandOf(key('r', { ctrl: true }), false)).toBeUndefined();
    expect(commandOf(key('Tab'), true)).toBeUndefined();
  });
});

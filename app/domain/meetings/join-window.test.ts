import { describe, expect, test } from 'vitest';
import { type JoinFacts, joinState } from './join-window.ts';

const facts: JoinFacts = {
  now: new Date('2026-03-02T14:55:00Z'),
  startsAt: new Date('2026-03-02T15:00:00Z'),
  endsAt: new Date('2026-03-02T16:00:00Z'),
  joinWindowMinutes: 10,
  status: 'scheduled',
  mode: 'online',
  meeting: { state: 'ready' },
};
const at = (time: string, over: Partial<JoinFacts> = {}) =>
  joinState({ ...facts, ...over, now: new Date(`2026-03-02T${time}Z`) }).state;

describe('a room may be entered', () => {
  test('from exactly the join window before the start until the end', () => {
    expect(at('14:49:59.999')).toBe('too_early');
    expect(at('14:50:00')).toBe('open');
    expect(at('15:59:59.999')).toBe('open');
    expect(at('16:00:00')).toBe('ended');
  });

  test('from the start only, where the join window is 0', () => {
    expect(at('14:59:59', { joinWindowMinutes: 0 })).toBe('too_early');
    expect(at('15:00:00', { joinWindowMinutes: 0 })).toBe('open');
  });

  test('says when it opens', () => {
    expect(joinState(facts).opensAt).toEqual(new Date('2026-03-02T14:50:00Z'));
  });
});

describe('no room to enter', () => {
  test('once the tutor ended it for all, though there is time left', () => {
    expect(at('15:20:00', { meeting: { state: 'ended' } })).toBe('ended');
  });

  test.each(['cancelled', 'late_cancelled', 'declined', 'rescheduled', 'tutor_no_show'])('when the session is %s', (status) => {
    expect(at('15:00:00', { status })).toBe('cancelled');
  });

  test('when it takes place somewhere', () => {
    expect(at('15:00:00', { mode: 'in_person', meeting: null })).toBe('in_person');
  });

  test('while it is being made, said only once it should be there', () => {
    expect(at('12:00:00', { meeting: { state: 'pending' } })).toBe('too_early');
    expect(at('14:55:00', { meeting: { state: 'pending' } })).toBe('pending');
  });

  test('when making it failed, said long before', () => {
    expect(at('08:00:00', { meeting: { state: 'failed' } })).toBe('failed');
  });

  test('before the session is confirmed', () => {
    expect(at('15:00:00', { status: 'requested' })).toBe('none');
    expect(at('15:00:00', { meeting: null })).toBe('none');
  });
});

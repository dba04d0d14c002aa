import { describe, expect, test } from 'vitest';
import { isReady, NOTHING_TESTED, type Readiness, readinessSchema, readinessWords } from './readiness.ts';

const good: Readiness = { camera: 'ok', microphone: 'ok', speaker: 'ok', connection: 'ok', provider: 'ok' };

describe('somebody is ready for a session', () => {
  test('who is seen and heard over a line that holds, whatever can’t be tested beforehand', () => {
    expect(isReady(good)).toBe(true);
    expect(isReady({ ...good, speaker: 'not_tested', provider: 'not_tested' })).toBe(true);
  });

  test.each([
    { camera: 'missing' },
    { microphone: 'denied' },
    { connection: 'weak' },
    { provider: 'missing' },
    { speaker: 'missing' },
    { microphone: 'not_tested' },
  ] as const)('but not with %o', (over) => {
    expect(isReady({ ...good, ...over })).toBe(false);
  });

  test('and it is said in words what works, or what does not', () => {
    expect(readinessWords({ ...good, camera: 'denied', connection: 'weak' })).toBe('camera not allowed, connection weak');
    expect(readinessWords({ ...good, provider: 'not_tested' })).toBe('camera, microphone, speaker, and connection work');
    expect(readinessWords({ ...NOTHING_TESTED, microphone: 'ok' })).toBe('microphone works');
    expect(readinessWords(NOTHING_TESTED)).toBe('nothing was tested');
  });

  test('and what a browser sends that is no result counts as not tested', () => {
    expect(readinessSchema.parse({ camera: 'ok', microphone: '<b>', other: 'ok' })).toEqual({ ...NOTHING_TESTED, camera: 'ok' });
  });
});

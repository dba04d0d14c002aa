import { describe, expect, test } from 'vitest';
import type { PresenceOfSession, StayRow } from '#app/domain/meetings/presence-queries.server.ts';
import { viewPresence } from './session-presence.ts';
import { readerOf } from './session-when.ts';

const at = (time: string) => new Date(`2026-03-02T${time}:00Z`);
const session = { startsAt: at('16:00'), endsAt: at('17:00') };
const reader = (time: string) =>
  readerOf({ timezone: null, locale: null }, { timezone: 'Europe/Dublin', locale: 'en-IE' } as never, at(time));
const nobody: PresenceOfSession = {
  tutor: { userId: 'ana', name: 'Ana Núñez' },
  places: [
    { attendanceId: 'p-mia', name: 'Mia Byrne' },
    { attendanceId: 'p-tom', name: 'Tom Byrne' },
  ],
  joins: [],
  stays: [],
  endedAt: null,
};
const stay = (over: Partial<StayRow>): StayRow => ({
  ...{ userId: null, attendanceId: null, personKey: 'x', name: 'iPad', joinedAt: at('15:58'), leftAt: at('16:57') },
  ...over,
});
const join = (role: string, name: string, time: string, attendanceId: string | null = null) => ({
  ...{ userId: role === 'tutor' ? 'ana' : role, attendanceId, name, role, joinedAt: at(time) },
});
const lines = (presence: PresenceOfSession, time = '17:30') =>
  viewPresence(presence, session, reader(time))?.lines.map(({ name, text }) => `${name} ${text}`);

describe('who was there', () => {
  test('is told from both sides, each stay by itself', () => {
    const presence = {
      ...nobody,
      joins: [join('tutor', 'Ana', '15:55'), join('student', 'Mia', '15:57', 'p-mia'), join('student', 'Mia', '16:11', 'p-mia')],
      stays: [
        stay({ userId: 'ana', name: 'Ana', joinedAt: at('15:56'), leftAt: at('17:01') }),
        stay({ attendanceId: 'p-mia', leftAt: at('16:10') }),
        stay({ attendanceId: 'p-mia', joinedAt: at('16:12') }),
      ],
    };
    expect(lines(presence)).toEqual([
      'Ana Núñez in the room 15:56 to 17:01; came by our link at 15:55',
      'Mia Byrne in the room 15:58 to 16:10 and 16:12 to 16:57; came by our link at 15:57 and 16:11',
      'Tom Byrne was not seen',
    ]);
  });

  test('names whom nobody knows as the provider does, and a family as what it is', () => {
    const presence = { ...nobody, joins: [join('client', 'Pat Byrne', '15:57')], stays: [stay({})] };
    expect(viewPresence(presence, session, reader('17:30'))?.lines).toEqual([
      expect.objectContaining({ name: 'Ana Núñez', missing: true }),
      expect.objectContaining({ name: 'Mia Byrne', missing: true }),
      expect.objectContaining({ name: 'Tom Byrne', missing: true }),
      expect.objectContaining({ name: 'Pat Byrne', role: 'family', missing: false }),
      expect.objectContaining({ name: 'iPad', role: '', text: 'in the room 15:58 to 16:57' }),
    ]);
  });

  test('is one time where it lasted less than a minute', () => {
    const moment = { joinedAt: at('16:05'), leftAt: new Date(at('16:05').getTime() + 20_000) };
    const presence = {
      ...nobody,
      stays: [stay({ attendanceId: 'p-mia', ...moment }), stay({ attendanceId: 'p-mia', joinedAt: at('16:12') })],
    };
    expect(lines(presence)).toContain('Mia Byrne in the room at 16:05 and 16:12 to 16:57');
  });

  test('is held against nobody while the session still runs', () => {
    expect(viewPresence(nobody, session, reader('16:10'))).toBeNull();
    const presence = { ...nobody, stays: [stay({ userId: 'ana', leftAt: null })] };
    expect(lines(presence, '16:10')).toEqual(['Ana Núñez in the room since 15:58']);
  });

  test('ends with the room where nobody told that somebody left, and says when only the end is known', () => {
    const open = stay({ userId: 'ana', leftAt: null });
    expect(lines({ ...nobody, stays: [open], endedAt: at('17:02') })?.[0]).toBe('Ana Núñez in the room 15:58 to 17:02');
    expect(lines({ ...nobody, stays: [open] })?.[0]).toBe('Ana Núñez in the room from 15:58');
    const end = stay({ userId: 'ana', joinedAt: at('16:57') });
    expect(lines({ ...nobody, stays: [end] })?.[0]).toBe('Ana Núñez in the room until 16:57');
  });

  test('says only that nobody came by our link where the provider tells nothing', () => {
    expect(viewPresence(nobody, session, reader('17:30'))).toMatchObject({
      told: false,
      lines: [{ text: 'did not come by our link' }, {}, {}],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { type CloseOutFacts, deviationsOf, urgencyOf } from './deviations.ts';
import type { Evidence } from './evidence.ts';

const at = (time: string) => new Date(`2026-03-02T${time}:00Z`);
const [anna, ben] = ['place-anna', 'place-ben'];

const facts = (over: Partial<CloseOutFacts> = {}): CloseOutFacts => ({
  startsAt: at('16:00'),
  durationMinutes: 60,
  actualStartsAt: at('16:00'),
  actualMinutes: 60,
  paidMinutes: null,
  miles: null,
  milesProposed: undefined,
  hasPrivateNote: false,
  sentBackReason: null,
  places: [{ attendanceId: anna, name: 'Anna', outcome: 'attended' }],
  evidence: undefined,
  ...over,
});

const seen = (...stays: [who: string | null, from: string, to: string | null][]): Evidence => ({
  stays: stays.map(([who, from, to]) => ({ who, from: at(from), to: to === null ? null : at(to) })),
  joins: [],
  strangers: stays.some(([who]) => who === null),
});

describe('what is worth a look before a close-out is approved', () => {
  it('nothing, where it took place as planned and everybody was seen', () => {
    expect(deviationsOf(facts())).toEqual([]);
    const evidence = seen(['tutor', '15:58', '17:01'], [anna, '16:01', '16:59']);
    expect(deviationsOf(facts({ evidence }))).toEqual([]);
  });

  it('another length, a later start, other minutes to pay than to bill, a private note', () => {
    const found = deviationsOf(facts({ actualStartsAt: at('16:10'), actualMinutes: 48, paidMinutes: 60, hasPrivateNote: true }));
    expect(found).toEqual([
      { kind: 'private_note' },
      { kind: 'minutes', told: 48, planned: 60 },
      { kind: 'paid_minutes', paid: 60, billed: 48 },
      { kind: 'start', by: 10 },
    ]);
  });

  it('a no-show, whose minutes are the plan’s whatever the form says', () => {
    const places = [{ attendanceId: anna, name: 'Anna', outcome: 'no_show' }];
    expect(deviationsOf(facts({ places, actualMinutes: 20 }))).toEqual([{ kind: 'outcome', name: 'Anna', outcome: 'no_show' }]);
  });

  it('a place that was cancelled is as planned', () => {
    const places = [
      { attendanceId: anna, name: 'Anna', outcome: 'attended' },
      { attendanceId: ben, name: 'Ben', outcome: 'late_cancel' },
    ];
    expect(deviationsOf(facts({ places }))).toEqual([]);
  });

  it('miles beyond the way there and back; up to that they are as proposed', () => {
    const milesProposed = { miles: '4', fromPlace: 'Lincoln High' };
    expect(deviationsOf(facts({ miles: '8.5', milesProposed }))).toEqual([]);
    expect(deviationsOf(facts({ miles: '14', milesProposed }))).toEqual([
      { kind: 'miles', told: '14', proposed: '4', from: 'Lincoln High' },
    ]);
    expect(deviationsOf(facts({ miles: '140' }))).toEqual([]);
  });

  it('that it went back before', () => {
    expect(deviationsOf(facts({ sentBackReason: 'Which homework?' }))).toEqual([
      { kind: 'sent_back', reason: 'Which homework?' },
    ]);
  });
});

describe('what the room says against it', () => {
  const noShow = [{ attendanceId: anna, name: 'Anna', outcome: 'no_show' }];

  it('a student told as a no-show who was in the room, or came by the link', () => {
    const evidence = seen(['tutor', '16:00', '17:00'], [anna, '16:20', '16:40'], [anna, '16:30', '16:52']);
    expect(deviationsOf(facts({ places: noShow, evidence }))[0]).toEqual({ kind: 'seen', name: 'Anna', minutes: 32 });
    const linkAlone = { stays: [], joins: ['tutor', anna], strangers: false };
    expect(deviationsOf(facts({ places: noShow, evidence: linkAlone }))[0]).toEqual({
      kind: 'seen',
      name: 'Anna',
      minutes: null,
    });
  });

  it('a no-show who only looked in stays one', () => {
    const evidence = seen(['tutor', '16:00', '17:00'], [anna, '16:20', '16:22']);
    expect(deviationsOf(facts({ places: noShow, evidence })).map(({ kind }) => kind)).toEqual(['outcome']);
  });

  it('a student told as there who was not seen, unless somebody unknown was', () => {
    const evidence = seen(['tutor', '16:00', '17:00']);
    expect(deviationsOf(facts({ evidence }))).toEqual([{ kind: 'unseen', name: 'Anna', byLink: false }]);
    expect(deviationsOf(facts({ evidence: seen(['tutor', '16:00', '17:00'], [null, '16:01', '16:58']) }))).toEqual([]);
  });

  it('a tutor whom nobody saw', () => {
    expect(deviationsOf(facts({ evidence: seen([anna, '16:00', '17:00']) }))).toEqual([{ kind: 'tutor_unseen' }]);
  });

  it('more minutes told than they were together, by more than ten', () => {
    const together = (to: string) => facts({ evidence: seen(['tutor', '15:55', '17:05'], [anna, '16:10', to]) });
    expect(deviationsOf(together('16:51'))).toEqual([{ kind: 'room', told: 60, seen: 41 }]);
    expect(deviationsOf(together('17:00'))).toEqual([]);
  });

  it('nothing of minutes where the end of a stay is not known', () => {
    expect(deviationsOf(facts({ evidence: seen(['tutor', '16:00', null], [anna, '16:00', '16:20']) }))).toEqual([]);
  });
});

it('what may cost somebody wrongly stands before a late start, and more of it before less', () => {
  const unpaid = urgencyOf(deviationsOf(facts({ evidence: seen([anna, '16:00', '17:00']) })));
  const late = urgencyOf(deviationsOf(facts({ actualStartsAt: at('16:05') })));
  const later = urgencyOf(deviationsOf(facts({ actualStartsAt: at('16:40') })));
  expect([unpaid > later, later > late, late > urgencyOf([])]).toEqual([true, true, true]);
});

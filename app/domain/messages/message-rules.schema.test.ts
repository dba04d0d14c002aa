import { expect, it } from 'vitest';
import { readTimes, sendingFormValues, sendingRulesForm } from './message-rules.schema.ts';
import { lengthWords } from './preference-words.ts';

it('times are typed as people say them', () => {
  expect(readTimes('1 day, 2 hours and 15 minutes')).toEqual([1440, 120, 15]);
  expect(readTimes('24')).toEqual([1440]);
  expect(readTimes('90m; 1w')).toEqual([10_080, 90]);
  expect(readTimes('')).toEqual([]);
  expect(readTimes('soon')).toBeUndefined();
});

const words = (minutes: readonly number[]) => minutes.map(lengthWords).join(', ');

it('what is unticked is not sent, and what must go is not asked', () => {
  const all = sendingFormValues({}, words);
  const form = {
    ...Object.fromEntries(Object.entries(all).map(([name, [first]]) => [name, first])),
    sent: all.sent.filter((key) => key !== 'session-confirmed:student' && key !== 'invoice:client'),
  };
  expect(sendingRulesForm.parse(form)).toEqual({
    remind_family: [1440],
    remind_student: [1440],
    remind_tutor: [],
    families_choose: true,
    quiet: true,
    quiet_from: 1260,
    quiet_to: 420,
    not_sent: ['session-confirmed:student'],
  });
});

it('a time that is too short, too long or one of too many is refused at its field', () => {
  const all = sendingFormValues({}, words);
  const form = {
    ...Object.fromEntries(Object.entries(all).map(([name, [first]]) => [name, first])),
    sent: all.sent,
    remind_family: '1 minute',
    remind_student: '1d 2d',
    remind_tutor: '1h, 2h, 3h, 4h, 5h, 6h',
  };
  const fields = sendingRulesForm.safeParse(form).error?.issues.map((issue) => issue.path[0]);
  expect(fields).toEqual(['remind_family', 'remind_student', 'remind_tutor']);
});

import { expect, test } from 'vitest';
import { noServer, testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { plugin } from './index.ts';
import { roomUrlProblem } from './room-url.ts';

testMeetingProvider(plugin, noServer());

test('a tutor who moved to another room is found there at the click', async () => {
  const provider = plugin.create({});
  const have = { ref: 'tutor:1', joinUrl: 'https://old.example.com/ana' };
  const tutor = {
    id: '1',
    name: 'Ana',
    personalRoomUrl: ' https://new.example.com/ana ',
  };
  const url = await provider.joinUrl({} as never, have, {} as never, { tutor } as never, {} as never);
  expect(url).toBe('https://new.example.com/ana');
});

test.each([
  ['https://meet.example.com/ana', undefined],
  ['https://meet.example.com:8443/ana?pwd=1#x', undefined],
  ['http://meet.example.com/ana', 'start with https'],
  ['meet.example.com/ana', 'not a web address'],
  ['javascript:alert(1)', 'start with https'],
  ['https://ana:secret@meet.example.com', 'user name or a password'],
  ['https://localhost/ana', 'host on the internet'],
])('as a tutor’s room %s is refused for: %s', (address, reason) => {
  const problem = roomUrlProblem(address);
  if (reason === undefined) expect(problem).toBeUndefined();
  else expect(problem).toContain(reason);
});

import { expect, test } from 'vitest';
import { noServer, testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { plugin } from './index.ts';

testMeetingProvider(plugin, noServer());

test('the place is what there is of a room', async () => {
  const provider = plugin.create({});
  const have = { ref: null, joinUrl: null };
  const at = (place: string | null) => provider.provision({} as never, { place } as never, have);
  expect(await at(' 12 Elm Street ')).toEqual({
    state: 'ready',
    ref: 'place:12 Elm Street',
  });
  expect(await at(null)).toEqual({ state: 'ready', ref: 'place' });
});

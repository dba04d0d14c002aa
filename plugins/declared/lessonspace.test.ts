import { expect, test } from 'vitest';
import { testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { declaredPlugin } from '#tests/fakes/declared.ts';
import { lessonspaceServer } from '#tests/fakes/lessonspace/server.ts';

const plugin = declaredPlugin('lessonspace');
testMeetingProvider(plugin, lessonspaceServer());

test('what Lessonspace says against a space is told in its words, without the key', async () => {
  const provider = plugin.create(plugin.config.parse({ apiKey: 'the-key' }));
  const http = async () => Response.json({ detail: 'The space of the-key is archived.' }, { status: 403 });
  const release = provider.release({ http, now: () => new Date() } as never, { ref: 'a', joinUrl: null });
  await expect(release).rejects.toMatchObject({
    code: 'rejected',
    publicMessage: 'Lessonspace refuses it: The space of ••• is archived.',
  });
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeProvider } from './describe-provider.ts';

test('the example of the guide is a provider', () => {
  const guide = readFileSync(new URL('../../../docs/plugins.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n(.+?)```/s.exec(guide) ?? [];
  expect(describeProvider(example)).toMatchObject({ ok: true, provider: { plugin: { id: 'meeting-acme', name: 'Acme Rooms' } } });
});

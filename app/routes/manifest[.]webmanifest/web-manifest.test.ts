import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { webManifest } from './web-manifest.ts';

it('the app on a phone has the company’s name, below its icon as many words as fit', () => {
  const short = (name: string) => webManifest({ name, locale: 'en-GB' }).short_name;
  expect(webManifest({ name: 'Northside Tutoring', locale: 'en-US' })).toMatchObject({
    name: 'Northside Tutoring',
    lang: 'en-US',
  });
  expect(short('Northside Tutoring')).toBe('Northside');
  expect(short('The Lab of Learning')).toBe('The Lab of');
  expect(webManifest(undefined).name).toBe('Lectern');
});

it('each icon is the size it says', () => {
  for (const { src, sizes } of webManifest(undefined).icons) {
    const png = readFileSync(new URL(`../../../public${src}`, import.meta.url));
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
  }
});

import { createRequire } from 'node:module';
import { Font } from '@react-pdf/renderer';

const require = createRequire(import.meta.url);

/** The sizes of type on documents, in points. */
export const SIZES = [8, 10, 12, 20] as const;
export type Size = (typeof SIZES)[number];

const WEIGHTS = [
  [400, '400Regular'],
  [600, '600SemiBold'],
] as const;

const arabic = (size: Size) => `Noto Naskh Arabic ${size}`;

/** A letter that the first lacks is taken from the next: Łukasz, 小林 and مريم stand on one line. */
export const familiesOf = (size: Size): string[] => ['Source Sans 3', 'Noto Sans JP', arabic(size)];

let registered: Promise<void> | undefined;

/** The fonts that PDF brings along know no ł, no 林 and no م and would print other letters: these are embedded. */
export function registerFonts(): Promise<void> {
  registered ??= register();
  return registered;
}

async function register(): Promise<void> {
  const add = (family: string, pack: string, file: string) =>
    Font.register({
      family,
      fonts: WEIGHTS.map(([fontWeight, folder]) => ({
        src: require.resolve(`@expo-google-fonts/${pack}/${folder}/${file}_${folder}.ttf`),
        fontWeight,
      })),
    });
  add('Source Sans 3', 'source-sans-3', 'SourceSans3');
  add('Noto Sans JP', 'noto-sans-jp', 'NotoSansJP');
  for (const size of SIZES) {
    add(arabic(size), 'noto-naskh-arabic', 'NotoNaskhArabic');
    for (const [fontWeight] of WEIGHTS) await placeMarks({ fontFamily: arabic(size), fontWeight }, size);
  }
  // Names are never broken at a place somebody guessed.
  Font.registerHyphenationCallback((word) => [word]);
}

interface Shaped {
  positions: { xAdvance: number; xOffset: number; yOffset: number }[];
}

/**
 * The renderer shapes Arabic from left to right and turns the glyphs around afterwards, and it scales the offsets of
 * marks (the dots of ش and ي) twice: both are made up for here. The second depends on the size, so each size has the
 * font for itself.
 */
async function placeMarks(descriptor: { fontFamily: string; fontWeight: number }, size: Size): Promise<void> {
  await Font.load(descriptor);
  const font = Font.getFont(descriptor)?.data as { layout: (...args: unknown[]) => Shaped } | null | undefined;
  if (!font) throw new Error(`the font ${descriptor.fontFamily} can not be read`);
  const layout = font.layout.bind(font);
  font.layout = (...args) => {
    const shaped = layout(...args);
    let base = 0;
    for (const position of shaped.positions) {
      if (position.xAdvance !== 0) {
        base = position.xAdvance;
        continue;
      }
      position.xOffset = ((position.xOffset + base) * 1000) / size;
      position.yOffset = (position.yOffset * 1000) / size;
    }
    return shaped;
  };
}

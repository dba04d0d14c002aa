import { describe, expect, it } from 'vitest';
import { languageChoices, languageName, languageTag, languageTags, languageText } from './languages.ts';

describe('a language', () => {
  it('is known by its name in any case and by its tag', () => {
    expect(languageTag('irish')).toBe('ga');
    expect(languageTag('PT-br')).toBe('pt-BR');
    expect(languageTag('Brazilian Portuguese')).toBe('pt-BR');
    expect(languageTag('gsw')).toBe('gsw');
    expect(languageTag('xx')).toBeUndefined();
    expect(languageTag('Klingonese')).toBeUndefined();
  });

  it('reads in a form as what leads back to it', () => {
    for (const choice of languageChoices) expect(languageText(languageTag(choice) ?? '')).toBe(choice);
    expect(languageText('gsw')).toBe('gsw');
    expect(languageName('gsw')).toBe('Swiss German');
  });

  it('comes from a form with commas between, each once, and what is none is said', () => {
    expect(languageTags.parse('English, en, Irish')).toEqual(['en', 'ga']);
    expect(languageTags.parse(undefined)).toEqual([]);
    expect(languageTags.safeParse('English, Martian').error?.issues[0]?.message).toContain('“Martian”');
  });
});

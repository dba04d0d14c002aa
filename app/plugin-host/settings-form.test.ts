import { describe, expect, test } from 'vitest';
import { secret, z } from '#plugins/contract/index.ts';
import { plugin as faulty } from '#tests/fakes/meeting-faulty.ts';
import { settingsFields } from './settings-fields.ts';
import { readSettingsForm, typedValues } from './settings-form.ts';

const fields = settingsFields(faulty.config);
const posted = (entries: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(entries)) form.set(`settings.${name}`, value);
  return form;
};

describe('the form of a plugin’s settings', () => {
  test('is drawn from its schema: kinds, labels, defaults, bounds and options', () => {
    expect(fields).toEqual([
      { name: 'apiKey', label: 'API key', description: 'Account, Developers, Keys.', required: true, type: 'secret' },
      {
        name: 'region',
        label: 'Region',
        description: null,
        required: false,
        type: 'choice',
        default: 'eu',
        options: [
          { value: 'eu', label: 'Europe' },
          { value: 'us', label: 'America' },
        ],
      },
      {
        name: 'seats',
        label: 'Seats',
        description: null,
        required: false,
        type: 'number',
        default: 10,
        integer: true,
        min: 2,
        max: 50,
      },
      { name: 'lobby', label: 'Lobby', description: null, required: false, type: 'boolean', default: true },
      { name: 'brand', label: 'Brand', description: null, required: false, type: 'text', default: null, maxLength: 40 },
    ]);
  });

  test('names a field by its own words where the schema has none', () => {
    expect(settingsFields(z.object({ baseUrl: z.url(), api_key: z.int() })).map((field) => [field.label, field.type])).toEqual([
      ['Base url', 'url'],
      ['Api key', 'number'],
    ]);
  });

  test('knows an optional secret for a secret', () => {
    expect(settingsFields(z.object({ key: secret('Key').optional() }))[0]).toMatchObject({ type: 'secret', required: false });
  });
});

describe('what was posted', () => {
  test('is read by the field’s kind; an unticked box is a no', () => {
    const { values } = readSettingsForm(fields, posted({ apiKey: ' k ', region: 'us', seats: '12', brand: 'Acme' }));
    expect(values).toEqual({ apiKey: 'k', region: 'us', seats: 12, lobby: false, brand: 'Acme' });
  });

  test('of an empty field leaves the default, of an empty secret what is saved', () => {
    const { values, keptSecrets } = readSettingsForm(
      fields,
      posted({ apiKey: '', region: 'eu', seats: '', brand: ' ', lobby: 'on' }),
    );
    expect(values).toEqual({ region: 'eu', lobby: true });
    expect(keptSecrets).toEqual(['apiKey']);
  });

  test('that is no number is kept as typed, for the schema to refuse', () => {
    expect(readSettingsForm(fields, posted({ seats: 'ten' })).values.seats).toBe('ten');
  });

  test('beside the plugin’s own fields is not read', () => {
    expect(readSettingsForm(fields, posted({ state: 'enabled' })).values).not.toHaveProperty('state');
  });

  test('comes back to the page as typed, secrets left out', () => {
    const values = typedValues(fields, posted({ apiKey: 'k', seats: 'ten' }));
    expect(values).toEqual({ region: '', seats: 'ten', lobby: '', brand: '' });
  });
});

import { expect, test } from 'vitest';
import { z } from 'zod';
import { type AnyPlugin, API_VERSION } from '../define-plugin.ts';

/** What holds for a plugin of any kind. */
export function testDefinition(plugin: AnyPlugin, settings: Record<string, unknown>): void {
  test('says what it is, to people and to the host', () => {
    expect(plugin.apiVersion).toBe(API_VERSION);
    expect(plugin.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(plugin.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(plugin.name.trim()).not.toBe('');
    expect(plugin.description.trim()).toMatch(/[.]$/);
  });

  test('its settings can be drawn as a form, each field with words for it', () => {
    const schema = z.toJSONSchema(plugin.config, {
      io: 'input',
      unrepresentable: 'throw',
    });
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      expect((property as { title?: string }).title, `the title of ${name}`).toBeTruthy();
    }
  });

  test('parses its settings twice to the same, so that what is saved stays good', () => {
    const once = plugin.config.parse(settings);
    expect(plugin.config.parse(settings)).toEqual(once);
  });

  test('brings settings of former versions along', () => {
    if (plugin.configVersion === 1) expect(plugin.migrateConfig).toBeUndefined();
    else expect(plugin.migrateConfig).toBeTypeOf('function');
  });
}

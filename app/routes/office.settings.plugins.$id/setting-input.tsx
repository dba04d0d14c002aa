import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { SettingsField } from '#app/plugin-host/settings-fields.ts';
import { inputName, type SettingValue } from '#app/plugin-host/settings-form.ts';

interface SettingInputProps {
  field: SettingsField;
  /** What is saved, or what was typed before it was refused. */
  value: SettingValue | undefined;
  error: string | undefined;
  secretSaved: boolean;
}

/** One setting of a plugin as a native input, drawn from its schema. */
export function SettingInput({ field, value, error, secretSaved }: SettingInputProps) {
  const name = inputName(field.name);
  const shared = { id: name, name, label: field.label, description: field.description, error };
  const text = value === undefined || value === null ? '' : String(value);
  // An empty text with a default is not a mistake: the default holds.
  const withAsterisk = field.required;
  switch (field.type) {
    case 'boolean':
      return (
        <Checkbox
          {...shared}
          value="on"
          defaultChecked={value === undefined ? field.default : value === true || value === 'on'}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...shared}
          withAsterisk={withAsterisk}
          defaultValue={text || (field.default ?? '')}
          data={[...(field.default === null ? [{ value: '', label: 'Choose one' }] : []), ...field.options]}
        />
      );
    case 'number':
      return (
        <TextInput
          {...shared}
          withAsterisk={withAsterisk}
          defaultValue={text}
          placeholder={field.default === null ? undefined : String(field.default)}
          inputMode={field.integer ? 'numeric' : 'decimal'}
          description={withBounds(field)}
        />
      );
    case 'secret':
      return (
        <TextInput
          {...shared}
          type="password"
          autoComplete="off"
          withAsterisk={withAsterisk && !secretSaved}
          placeholder={secretSaved ? 'Saved. Leave empty to keep it.' : undefined}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          withAsterisk={withAsterisk}
          type={field.type === 'url' ? 'url' : 'text'}
          defaultValue={text || (field.default ?? '')}
          maxLength={field.maxLength ?? undefined}
        />
      );
  }
}

function withBounds(field: Extract<SettingsField, { type: 'number' }>): string | null {
  const { min, max, description } = field;
  const bounds =
    min !== null && max !== null
      ? `From ${min} to ${max}.`
      : min !== null
        ? `At least ${min}.`
        : max !== null
          ? `At most ${max}.`
          : null;
  return [description, bounds].filter(Boolean).join(' ') || null;
}

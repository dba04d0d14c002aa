import { Checkbox, Stack } from '@mantine/core';
import { ROLE_MEANINGS, ROLE_NAMES, type Role } from '#app/auth/roles.ts';

interface Props {
  roles: readonly Role[];
  chosen: readonly string[];
  error: string | undefined;
  disabled?: boolean;
}

/** Plain checkboxes of one name, so that the form works without JavaScript. */
export function RoleChoice({ roles, chosen, error, disabled = false }: Props) {
  return (
    <Checkbox.Group
      defaultValue={[...chosen]}
      label="Roles"
      description="What they see and may do. Several are possible."
      error={error}
      required
    >
      <Stack gap="xs" mt="xs">
        {roles.map((role) => (
          <Checkbox
            key={role}
            name="roles"
            value={role}
            label={ROLE_NAMES[role]}
            description={ROLE_MEANINGS[role]}
            disabled={disabled}
            aria-invalid={error === undefined ? undefined : true}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { Form, Link, useLocation } from '@remix-run/react';
import { languageName } from '#app/domain/people/languages.ts';
import { isFiltered, type MatchFilter } from './match-filter.ts';

/** Narrows those who fit; nobody who doesn't comes back by it. */
export function MatchFilters({ filter, languages }: { filter: MatchFilter; languages: readonly string[] }) {
  const { search, pathname } = useLocation();
  return (
    <Form method="get" key={search} role="search" aria-label="Tutors who fit">
      <Group gap="sm" align="flex-end">
        <TextInput name="q" type="search" label="Name" defaultValue={filter.q} size="xs" w={160} />
        <NativeSelect
          name="gender"
          label="Gender"
          size="xs"
          defaultValue={filter.gender}
          data={[
            { value: '', label: 'Any' },
            { value: 'female', label: 'Female' },
            { value: 'male', label: 'Male' },
            { value: 'other', label: 'Other' },
          ]}
        />
        {languages.length > 0 ? (
          <NativeSelect
            name="language"
            label="Language"
            size="xs"
            defaultValue={filter.language}
            data={[{ value: '', label: 'Any' }, ...languages.map((tag) => ({ value: tag, label: languageName(tag) }))]}
          />
        ) : null}
        <TextInput
          name="within"
          type="number"
          min={1}
          max={1440}
          label="Minutes away at most"
          defaultValue={filter.within ?? ''}
          size="xs"
          w={140}
        />
        <Checkbox name="known" value="1" label="Knows the student" defaultChecked={filter.known} size="xs" pb={6} />
        <Checkbox name="wished" value="1" label="At wished times" defaultChecked={filter.wished} size="xs" pb={6} />
        <Button type="submit" variant="default" size="xs">
          Filter
        </Button>
        {isFiltered(filter) ? (
          <Button component={Link} to={pathname} variant="subtle" size="xs">
            Clear
          </Button>
        ) : null}
      </Group>
    </Form>
  );
}

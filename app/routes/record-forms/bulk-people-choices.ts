import { CLIENT_STATUSES, clientStatusNames } from '#app/domain/people/people-filter.ts';

/** What can be done to ticked clients or students. */
export function bulkPeopleChoices(kind: 'client' | 'student', archived: boolean) {
  const statuses = CLIENT_STATUSES.map((id) => ({ value: `status:${id}`, label: `Now ${clientStatusNames[id].toLowerCase()}` }));
  const tags = [
    { value: 'tag', label: 'Add a tag' },
    { value: 'untag', label: 'Take a tag away' },
  ];
  return [
    ...(kind === 'client' && !archived ? [{ group: 'Status', items: statuses }] : []),
    { group: 'Tags', items: tags },
    { group: 'Archive', items: [archived ? { value: 'restore', label: 'Bring back' } : { value: 'archive', label: 'Archive' }] },
  ];
}

import { ActionIcon, Button, Checkbox, Group, Text, TextInput } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconBookmark, IconPencil, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { SavedView } from '#app/domain/views/queries.server.ts';
import { ask, posted } from './board-api.ts';
import { viewOf } from './board-params.ts';
import { Panel } from './panel.tsx';
import type { BoardAddress } from './use-board-params.ts';
import styles from './views-menu.module.css';

interface ViewsAnswer {
  error: string | null;
  views: SavedView[];
}

/** What was saved to be looked at again, one's own and what the office shares. */
export function ViewsMenu({ views: given, address }: { views: readonly SavedView[]; address: BoardAddress }) {
  const [views, setViews] = useState<readonly SavedView[]>(given);
  const [error, setError] = useState<string | null>(null);
  const [editing, setEditing] = useState<SavedView | null>(null);
  const { params, search } = address;
  const now = viewOf(new URLSearchParams(search));
  const tell = async (body: object) => {
    const answer = await ask<ViewsAnswer>('/office/board/views', posted(body));
    setError(answer ? answer.error : 'The server could not be reached. Try again in a moment.');
    if (answer) setViews(answer.views);
    return answer?.error === null;
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const said = { name: String(fields.get('name') ?? ''), shared: fields.get('shared') === 'on' };
    const done = await tell(editing ? { intent: 'change', id: editing.id, ...said } : { intent: 'save', search: now, ...said });
    if (!done) return;
    setEditing(null);
    form.reset();
  };
  return (
    <Panel label="Views" icon={<IconBookmark size={14} aria-hidden />}>
      {views.length === 0 ? (
        <Text size="sm" c="dimmed">
          Filters and colours that you save are found here again.
        </Text>
      ) : (
        <ul className={styles.viewList}>
          {views.map((view) => (
            <li key={view.id}>
              <Link
                to={`?${new URLSearchParams([...new URLSearchParams(view.search), ['date', params.date]])}`}
                aria-current={view.search === now ? 'true' : undefined}
              >
                {view.name}
                <small>{view.own ? (view.shared ? 'shared' : '') : `by ${view.by}`}</small>
              </Link>
              {view.own ? (
                <>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="sm"
                    aria-label={`Change ${view.name}`}
                    onClick={() => setEditing(view)}
                  >
                    <IconPencil size={14} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="sm"
                    aria-label={`Delete ${view.name}`}
                    onClick={() => void tell({ intent: 'delete', id: view.id })}
                  >
                    <IconTrash size={14} aria-hidden />
                  </ActionIcon>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <form key={editing?.id ?? 'new'} onSubmit={submit} className={styles.viewForm}>
        <TextInput
          name="name"
          size="xs"
          label={editing ? 'Name of the view' : 'Save what is shown as'}
          defaultValue={editing?.name ?? ''}
          error={error}
          maxLength={60}
        />
        <Checkbox name="shared" size="sm" label="Share with the office" defaultChecked={editing?.shared ?? false} />
        <Group gap="xs">
          <Button type="submit" size="xs">
            {editing ? 'Change' : 'Save'}
          </Button>
          {editing ? (
            <Button variant="subtle" size="xs" onClick={() => setEditing(null)}>
              Leave it
            </Button>
          ) : null}
        </Group>
      </form>
    </Panel>
  );
}

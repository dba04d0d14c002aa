import { ActionIcon, Button, Checkbox, NativeSelect, TextInput, Title, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link } from '@remix-run/react';
import {
  IconAdjustmentsHorizontal,
  IconArrowBackUp,
  IconChevronLeft,
  IconChevronRight,
  IconInbox,
  IconKeyboard,
  IconPlus,
  IconPrinter,
  IconSearch,
} from '@tabler/icons-react';
import type { Board } from './board-data.ts';
import { withChange } from './board-params.ts';
import type { BoardPageData } from './page-data.ts';
import { Panel } from './panel.tsx';
import { isNarrowed } from './rows.ts';
import styles from './toolbar.module.css';
import type { BoardAddress } from './use-board-params.ts';
import type { Operations } from './use-operations.tsx';
import { ViewsMenu } from './views-menu.tsx';

interface Props {
  page: BoardPageData;
  address: BoardAddress;
  board: Pick<Board, 'subjects' | 'programs'>;
  operations: Operations;
  waiting: number;
  onRange: (by: -1 | 0 | 1) => void;
  onHelp: () => void;
}

/** Which days, whose, how it looks; all of it in the address. */
export function Toolbar({ page, address, board, operations, waiting, onRange, onHelp }: Props) {
  const { params, search, change } = address;
  const to = (view: 'day' | 'week') => withChange(new URLSearchParams(search), { view: view === 'week' ? '' : view });
  return (
    <header className={styles.toolbar}>
      <div className={styles.bar}>
        <Title order={1} className={styles.title}>
          Board
        </Title>
        <Button.Group>
          <Button variant="default" size="xs" px={8} aria-label="Earlier" onClick={() => onRange(-1)}>
            <IconChevronLeft size={16} aria-hidden />
          </Button>
          <Button variant="default" size="xs" onClick={() => onRange(0)}>
            Today
          </Button>
          <Button variant="default" size="xs" px={8} aria-label="Later" onClick={() => onRange(1)}>
            <IconChevronRight size={16} aria-hidden />
          </Button>
        </Button.Group>
        <span className={`tabular ${styles.range}`}>{page.rangeName}</span>
        <input
          type="date"
          aria-label="Go to a day"
          className={styles.date}
          value={params.date}
          onChange={({ currentTarget: { value } }) => value && change({ date: value }, true)}
        />
        <Button.Group>
          {(['day', 'week'] as const).map((view) => (
            <Button
              key={view}
              component={Link}
              to={to(view)}
              variant={params.view === view ? 'light' : 'default'}
              size="xs"
              aria-current={params.view === view ? 'true' : undefined}
            >
              {view === 'day' ? 'Day' : 'Week'}
            </Button>
          ))}
        </Button.Group>
        <span className={styles.spacer} />
        <Tooltip label="Undo (Ctrl Z)">
          <ActionIcon
            variant="default"
            size={30}
            aria-label="Undo"
            data-disabled={!operations.canUndo || undefined}
            aria-disabled={!operations.canUndo || undefined}
            onClick={() => void operations.undo()}
          >
            <IconArrowBackUp size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <ActionIcon variant="default" size={30} aria-label="Keys" title="Keys (?)" onClick={onHelp} className={styles.deskOnly}>
          <IconKeyboard size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={30}
          aria-label="Print"
          title="Print"
          onClick={() => window.print()}
          className={styles.deskOnly}
        >
          <IconPrinter size={16} aria-hidden />
        </ActionIcon>
        {waiting > 0 ? (
          <Button
            variant={params.side ? 'light' : 'default'}
            size="xs"
            leftSection={<IconInbox size={16} aria-hidden />}
            aria-pressed={params.side}
            onClick={() => change({ side: params.side ? '0' : '' })}
          >
            {waiting} to place
          </Button>
        ) : null}
        <Button
          component={Link}
          to={`/office/sessions/new?start=${params.date}`}
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          Book
        </Button>
      </div>
      <Filters address={address} board={board} page={page} />
    </header>
  );
}

const AFTER_MS = 150;

function Filters({ address, board, page }: Pick<Props, 'address' | 'board' | 'page'>) {
  const { params, change } = address;
  const find = useDebouncedCallback((q: string) => change({ q }), AFTER_MS);
  const all = (label: string, list: readonly { id: string; name: string }[]) => [
    { value: '', label },
    ...list.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const clear = { q: '', subject: '', program: '', mode: '', only: '' };
  return (
    <search className={styles.filters} aria-label="Filter the board">
      <TextInput
        key={params.q === '' ? 'empty' : 'words'}
        id="board-search"
        type="search"
        size="xs"
        aria-label="Find a tutor"
        placeholder="Find a tutor"
        leftSection={<IconSearch size={14} aria-hidden />}
        defaultValue={params.q}
        onChange={({ currentTarget: { value } }) => find(value)}
        className={styles.search}
      />
      <NativeSelect
        size="xs"
        aria-label="Subject"
        value={params.subject}
        onChange={({ currentTarget: { value } }) => change({ subject: value })}
        data={all('All subjects', board.subjects)}
      />
      <NativeSelect
        size="xs"
        aria-label="Program"
        value={params.program}
        onChange={({ currentTarget: { value } }) => change({ program: value })}
        data={all('All programs', board.programs)}
      />
      <NativeSelect
        size="xs"
        aria-label="Where"
        value={params.mode}
        onChange={({ currentTarget: { value } }) => change({ mode: value })}
        data={[
          { value: '', label: 'Anywhere' },
          { value: 'online', label: 'Online' },
          { value: 'in_person', label: 'In person' },
        ]}
      />
      <Panel label="Show" icon={<IconAdjustmentsHorizontal size={14} aria-hidden />}>
        <Checkbox
          size="sm"
          label="Only tutors with sessions"
          checked={params.only}
          onChange={({ currentTarget: { checked } }) => change({ only: checked ? '1' : '' })}
        />
        <Checkbox
          size="sm"
          label="Cancelled sessions"
          checked={params.cancelled}
          onChange={({ currentTarget: { checked } }) => change({ cancelled: checked ? '1' : '' })}
        />
        <Checkbox
          size="sm"
          label="The whole day, from midnight"
          checked={params.whole}
          onChange={({ currentTarget: { checked } }) => change({ whole: checked ? '1' : '' })}
        />
        <NativeSelect
          size="xs"
          label="Colour by"
          value={params.colour}
          onChange={({ currentTarget: { value } }) => change({ colour: value === 'state' ? '' : value })}
          data={[
            { value: 'state', label: 'State' },
            { value: 'program', label: 'Program' },
            { value: 'subject', label: 'Subject' },
          ]}
        />
        <NativeSelect
          size="xs"
          label="Rows"
          value={params.density}
          onChange={({ currentTarget: { value } }) => change({ density: value === 'comfortable' ? '' : value })}
          data={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
      </Panel>
      <ViewsMenu views={page.views} address={address} />
      {isNarrowed(params) ? (
        <Button variant="subtle" size="xs" onClick={() => change(clear)}>
          Clear
        </Button>
      ) : null}
      {page.zoneNote ? <span className={styles.note}>{page.zoneNote}</span> : null}
    </search>
  );
}

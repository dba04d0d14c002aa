import { ActionIcon, Button, Group, ScrollArea, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useReducer, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { addPage, FIRST_PAGE, MOST_PAGES, pagesOf } from './board-doc.ts';
import { type Me, namesByPage } from './board-people.ts';
import classes from './whiteboard.module.css';

declare global {
  interface Window {
    EXCALIDRAW_ASSET_PATH?: string | string[];
  }
}

// Excalidraw reads it as it is loaded: its fonts are served by ourselves, never by others.
const BoardPage = lazy(() => {
  window.EXCALIDRAW_ASSET_PATH = '/excalidraw/';
  return import('./board-page.tsx');
});

export interface WhiteboardProps {
  doc: Y.Doc;
  /** Whose pointers are shown; null where nobody else is there. */
  awareness: Awareness | null;
  me: Me;
  readOnly: boolean;
  /** Keeps an image with the session, and says where it is to be had. */
  uploadImage: (file: File) => Promise<string>;
}

/** The shared board of a session: pages to draw on together. Browser only, and large: import it lazily. */
export default function Whiteboard({ doc, awareness, me, readOnly, uploadImage }: WhiteboardProps) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [chosen, setChosen] = useState(FIRST_PAGE);

  useEffect(() => {
    const list = doc.getArray('pages');
    list.observe(redraw);
    return () => list.unobserve(redraw);
  }, [doc]);
  useEffect(() => {
    awareness?.on('change', redraw);
    return () => awareness?.off('change', redraw);
  }, [awareness]);

  const pages = pagesOf(doc);
  const pageId = pages.includes(chosen) ? chosen : FIRST_PAGE;
  const elsewhere = awareness ? namesByPage(awareness) : {};

  return (
    <section className={classes.board} aria-label="Whiteboard" data-own-keys>
      <div className={classes.page}>
        <Suspense fallback={null}>
          <BoardPage key={pageId} {...{ doc, pageId, awareness, me, readOnly, uploadImage }} />
        </Suspense>
      </div>
      <ScrollArea type="auto" scrollbarSize={6} className={classes.pages}>
        <Group component="nav" aria-label="Pages of the whiteboard" gap={4} wrap="nowrap" p={4}>
          {pages.map((id, index) => (
            <PageButton
              key={id}
              number={index + 1}
              current={id === pageId}
              names={id === pageId ? [] : (elsewhere[id] ?? [])}
              onClick={() => setChosen(id)}
            />
          ))}
          {readOnly || pages.length >= MOST_PAGES ? null : (
            <ActionIcon variant="subtle" size="lg" aria-label="Add a page" onClick={() => setChosen(addPage(doc) ?? pageId)}>
              <IconPlus size={18} />
            </ActionIcon>
          )}
        </Group>
      </ScrollArea>
    </section>
  );
}

function PageButton(page: { number: number; current: boolean; names: string[]; onClick: () => void }) {
  const { number, current, names, onClick } = page;
  const who = names.length > 0 ? `, ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} here` : '';
  return (
    <Tooltip label={names.join(', ')} disabled={names.length === 0}>
      <Button
        size="compact-md"
        variant={current ? 'light' : 'subtle'}
        color={current ? undefined : 'gray'}
        aria-current={current ? 'page' : undefined}
        aria-label={`Page ${number}${who}`}
        onClick={onClick}
        rightSection={names.length > 0 ? <span className={classes.somebody} /> : null}
      >
        {number}
      </Button>
    </Tooltip>
  );
}

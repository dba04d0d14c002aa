import { Alert, Text, VisuallyHidden } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { RequestView } from '../request-pages/request-view.ts';
import styles from './board.module.css';
import { BoardColumn } from './board-column.tsx';
import type { BoardPage } from './load-pipeline.server.ts';
import { LostDialog } from './lost-dialog.tsx';
import { type Move, useMoves } from './use-moves.ts';

/** The stages side by side. A card is dragged, moved by its menu, or by Shift and an arrow key. */
export function Board({ page }: { page: BoardPage }) {
  const mounted = useMounted();
  const area = useRef<HTMLDivElement>(null);
  const { move, stageOf, said } = useMoves();
  const [dragged, setDragged] = useState<RequestView | null>(null);
  const [asked, setAsked] = useState<Move | null>(null);
  const [focusOn, setFocusOn] = useState<string | null>(null);
  const cardsOf = (stageId: string) => page.cards.filter((card) => stageOf(card.id, card.stageId) === stageId);
  const moved = (card: RequestView) => stageOf(card.id, card.stageId);

  // A card that was moved by the keyboard stands in another column, and the keyboard goes with it.
  useEffect(() => {
    if (focusOn === null) return;
    area.current?.querySelector<HTMLElement>(`[data-card="${focusOn}"] a`)?.focus();
    setFocusOn(null);
  }, [focusOn]);

  const moveTo = (card: RequestView, stageId: string) => {
    const column = page.columns.find(({ id }) => id === stageId);
    const from = moved(card);
    if (!column || column.archived || stageId === from) return;
    const next = { id: card.id, name: card.name, from, to: stageId, toName: column.name };
    if (column.kind === 'lost') setAsked(next);
    else move(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-card]')?.dataset.card;
    const card = page.cards.find(({ id }) => id === at);
    if (!card || event.altKey || event.ctrlKey || event.metaKey || (event.target as HTMLElement).tagName !== 'A') return;
    const column = page.columns.findIndex(({ id }) => id === moved(card));
    const index = cardsOf(moved(card)).findIndex(({ id }) => id === card.id);
    const aside = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const along = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (aside === 0 && along === 0) return;
    event.preventDefault();
    if (event.shiftKey && aside !== 0) {
      const to = beside(page.columns, column, aside, ({ archived }) => !archived);
      if (!to) return;
      moveTo(card, to.id);
      setFocusOn(card.id);
      return;
    }
    if (along !== 0) {
      const next = cardsOf(moved(card))[index + along];
      if (next) setFocusOn(next.id);
      return;
    }
    const to = beside(page.columns, column, aside, ({ id }) => cardsOf(id).length > 0);
    if (!to) return;
    const cards = cardsOf(to.id);
    setFocusOn(cards[Math.min(index, cards.length - 1)]?.id ?? null);
  };

  return (
    <>
      {said?.refused ? <Alert color="yellow" variant="light" role="alert" mb="sm" title={said.text} /> : null}
      <VisuallyHidden role="status">{said?.refused ? '' : said?.text}</VisuallyHidden>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys go between the links of the cards */}
      <div ref={area} className={styles.board} onKeyDown={onKeyDown} data-dragging={dragged !== null}>
        {page.columns.map((column) => (
          <BoardColumn
            key={column.id}
            column={column}
            cards={cardsOf(column.id)}
            columns={page.columns}
            filter={page.filter}
            moved={
              page.cards.filter((card) => card.stageId !== column.id && moved(card) === column.id).length -
              page.cards.filter((card) => card.stageId === column.id && moved(card) !== column.id).length
            }
            dragged={dragged !== null && moved(dragged) !== column.id && !column.archived}
            onDrag={setDragged}
            onDrop={() => {
              if (dragged) moveTo(dragged, column.id);
              setDragged(null);
            }}
            onMove={moveTo}
          />
        ))}
      </div>
      {mounted ? (
        <Text size="xs" c="dimmed" mt="xs" className={styles.keys}>
          Drag a card, or go from card to card with the arrow keys and move one with Shift and an arrow.
        </Text>
      ) : null}
      <LostDialog
        move={asked}
        reasons={page.reasons}
        onClose={() => setAsked(null)}
        onReason={(reason) => {
          if (asked) move({ ...asked, reason });
          setAsked(null);
        }}
      />
    </>
  );
}

/** The next one in a direction that will do. */
function beside<T>(all: readonly T[], from: number, step: number, will: (one: T) => boolean): T | undefined {
  for (let at = from + step; at >= 0 && at < all.length; at += step) {
    const one = all[at];
    if (one && will(one)) return one;
  }
  return undefined;
}

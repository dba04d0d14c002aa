import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type DragEvent, useState } from 'react';
import type { RequestFilter } from '#app/domain/requests/request-filter.ts';
import type { RequestView } from '../request-pages/request-view.ts';
import styles from './board.module.css';
import { BoardCard } from './board-card.tsx';
import type { BoardColumn as Column } from './load-pipeline.server.ts';
import { pipelineAddress } from './pipeline-address.ts';

interface Props {
  column: Column;
  cards: readonly RequestView[];
  columns: readonly Column[];
  filter: RequestFilter;
  /** Cards that came less those that went, not saved yet. */
  moved: number;
  /** A card is under way that could be dropped here. */
  dragged: boolean;
  onDrag: (card: RequestView | null) => void;
  onDrop: () => void;
  onMove: (card: RequestView, stageId: string) => void;
}

/** One stage: how many it holds, the first of them, and the way to the rest. */
export function BoardColumn({ column, cards, columns, filter, moved, dragged, onDrag, onDrop, onMove }: Props) {
  const [over, setOver] = useState(false);
  const count = column.count + moved;
  const heading = `stage-${column.id}`;
  const drop = dragged
    ? {
        onDragOver: (event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: (event: DragEvent) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
        },
        onDrop: (event: DragEvent) => {
          event.preventDefault();
          setOver(false);
          onDrop();
        },
      }
    : {};
  return (
    <section className={styles.column} aria-labelledby={heading} data-over={dragged && over} data-kind={column.kind} {...drop}>
      <header className={styles.head}>
        <h2 id={heading}>{column.name}</h2>
        <span className={styles.count}>{count}</span>
        {column.archived ? <span className={styles.archived}>Archived stage</span> : null}
      </header>
      <ul className={styles.cards}>
        {cards.map((card) => (
          <BoardCard key={card.id} card={card} at={column.id} columns={columns} onDrag={onDrag} onMove={onMove} />
        ))}
      </ul>
      {cards.length === 0 ? (
        <Text size="xs" c="dimmed" ta="center" py="sm">
          {column.kind === 'new' ? 'Nothing new' : 'None'}
        </Text>
      ) : null}
      {count > cards.length ? (
        <Anchor
          component={Link}
          to={pipelineAddress(filter, { view: 'list', stage: column.id })}
          size="xs"
          className={styles.more}
        >
          {column.closed ? `All ${count}` : `${count - cards.length} more in the list`}
        </Anchor>
      ) : null}
    </section>
  );
}

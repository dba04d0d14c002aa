import { ActionIcon, Menu } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconArrowRight, IconClock } from '@tabler/icons-react';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { RequestView } from '../request-pages/request-view.ts';
import { URGENCY_TONES, URGENCY_WORDS } from '../request-pages/request-words.ts';
import styles from './board.module.css';
import type { BoardColumn } from './load-pipeline.server.ts';

interface Props {
  card: RequestView;
  /** The column it is seen in. */
  at: string;
  columns: readonly BoardColumn[];
  onDrag: (card: RequestView | null) => void;
  onMove: (card: RequestView, stageId: string) => void;
}

export function BoardCard({ card, at, columns, onDrag, onMove }: Props) {
  return (
    <li
      className={styles.card}
      data-card={card.id}
      data-urgency={card.closed ? 'normal' : card.urgency}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', card.ref);
        onDrag(card);
      }}
      onDragEnd={() => onDrag(null)}
    >
      <div className={styles.top}>
        <Link to={`/office/requests/${card.id}`} className={styles.name} draggable={false}>
          {card.name}
        </Link>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={`Move ${card.name}`} className={styles.move}>
              <IconArrowRight size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Move to</Menu.Label>
            {columns
              .filter(({ id, archived }) => id !== at && !archived)
              .map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => onMove(card, id)}>
                  {name}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <div>{card.subject}</div>
      <div className={styles.facts}>{[card.amount, card.where].filter(Boolean).join(' · ')}</div>
      <div className={styles.marks}>
        {card.studentArchived ? <StatusBadge label="Student archived" tone="quiet" /> : null}
        {card.urgency === 'normal' || card.closed ? null : (
          <StatusBadge label={URGENCY_WORDS[card.urgency]} tone={URGENCY_TONES[card.urgency]} />
        )}
        {card.closed ? (
          <span className={styles.since}>{card.closedReason}</span>
        ) : card.ageing ? (
          <StatusBadge label={`Waits ${card.since}`} tone="attention" />
        ) : (
          <span className={styles.since}>
            <IconClock size={13} aria-hidden /> {card.since}
          </span>
        )}
        {card.assigneeName ? (
          <span className={styles.assignee} title={`${card.assigneeName} works on it`}>
            {initials(card.assigneeName)}
          </span>
        ) : null}
      </div>
    </li>
  );
}

const initials = (name: string) =>
  name
    .split(/[\s.@]+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');

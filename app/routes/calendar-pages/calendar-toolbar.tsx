import { Anchor, Button, Group } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { linkTo, type View } from './address.ts';
import styles from './calendar.module.css';
import type { CalendarView } from './calendar-view.ts';
import { useCalendarKeys } from './use-calendar-keys.ts';

const LABELS: Record<View, string> = { day: 'Day', week: 'Week', month: 'Month', list: 'List' };

interface ToolbarProps {
  page: CalendarView;
  views: readonly View[];
  /** A view that is a page of its own, and where it is. */
  elsewhere?: Partial<Record<View, string>>;
  /** On that page: it has no days to turn. */
  viewsOnly?: boolean;
}

/** Which days, and how they are shown; all of it links, so that it works without a script and a click can be undone by "back". */
export function CalendarToolbar({ page, views, elsewhere = {}, viewsOnly = false }: ToolbarProps) {
  const { address } = page;
  const to = (view: View) => elsewhere[view] ?? linkTo(address, { view });
  useCalendarKeys(page, Object.fromEntries(views.map((view) => [view, to(view)])));
  return (
    <div className={`${styles.toolbar} no-print`}>
      {viewsOnly ? null : <Turning page={page} />}
      <Group gap="sm" wrap="nowrap">
        {viewsOnly ? null : (
          <Anchor
            component={Link}
            to={linkTo(address, { cancelled: !address.cancelled })}
            size="sm"
            className={styles.quiet}
            preventScrollReset
          >
            {address.cancelled ? 'Hide cancelled' : 'Show cancelled'}
          </Anchor>
        )}
        <nav className={styles.views} aria-label="View">
          {views.map((view) => (
            <Link
              key={view}
              to={to(view)}
              aria-current={view === address.view ? 'page' : undefined}
              aria-keyshortcuts={view[0]}
              preventScrollReset
            >
              {LABELS[view]}
            </Link>
          ))}
        </nav>
        <Button variant="default" px="xs" aria-label="Print" className={styles.print} onClick={() => window.print()}>
          <IconPrinter size={18} aria-hidden />
        </Button>
      </Group>
    </div>
  );
}

function Turning({ page }: Pick<ToolbarProps, 'page'>) {
  const period = { day: 'day', week: 'week', month: 'month', list: 'week' }[page.address.view];
  const button = { component: Link, variant: 'default', preventScrollReset: true } as const;
  return (
    <>
      <Group component="nav" gap={6} aria-label="Days" wrap="nowrap">
        <Button {...button} to={page.before} px="xs" aria-label={`The ${period} before`} aria-keyshortcuts="p">
          <IconChevronLeft size={18} aria-hidden />
        </Button>
        <Button {...button} to={page.today} aria-keyshortcuts="t" aria-current={page.holdsToday ? 'date' : undefined}>
          Today
        </Button>
        <Button {...button} to={page.after} px="xs" aria-label={`The ${period} after`} aria-keyshortcuts="n">
          <IconChevronRight size={18} aria-hidden />
        </Button>
      </Group>
      <h2 className={styles.period} aria-live="polite">
        {page.title}
      </h2>
    </>
  );
}

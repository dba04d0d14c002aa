import {
  IconBeach,
  IconBook2,
  IconCalendar,
  IconCalendarEvent,
  IconCalendarPlus,
  IconCash,
  IconChecklist,
  IconClipboardList,
  IconClockEdit,
  IconCoins,
  IconCreditCard,
  IconFileInvoice,
  IconHeartHandshake,
  IconHome,
  IconInbox,
  IconPercentage,
  IconReceiptOff,
  IconRepeat,
  IconSchool,
  IconSettings,
  IconTimeline,
  IconUser,
  IconUserCheck,
  IconUsers,
} from '@tabler/icons-react';
import type { NavIcon } from './nav.ts';

const icons = {
  today: IconHome,
  calendar: IconCalendar,
  board: IconTimeline,
  sessions: IconCalendarEvent,
  book: IconCalendarPlus,
  requests: IconInbox,
  engagements: IconHeartHandshake,
  series: IconRepeat,
  tutors: IconSchool,
  clients: IconUsers,
  students: IconUser,
  programs: IconBook2,
  attendance: IconUserCheck,
  closeouts: IconChecklist,
  invoices: IconFileInvoice,
  unbilled: IconReceiptOff,
  credits: IconCoins,
  payments: IconCreditCard,
  pay: IconCash,
  rates: IconPercentage,
  settings: IconSettings,
  availability: IconClockEdit,
  'time-off': IconBeach,
  account: IconClipboardList,
} satisfies Record<NavIcon, unknown>;

export function NavIconOf({ icon }: { icon: NavIcon }) {
  const Icon = icons[icon];
  return <Icon size={18} stroke={1.6} aria-hidden />;
}

import type { Found, FoundKind } from '#app/domain/search/search.server.ts';

export interface FoundItem {
  id: string;
  to: string;
  title: string;
  detail: string;
  archived: boolean;
}

export interface FoundGroup {
  label: string;
  items: FoundItem[];
}

const kinds: Record<FoundKind, { label: string; to: (id: string) => string; archived: string }> = {
  student: { label: 'Students', to: (id) => `/office/students/${id}`, archived: 'archived' },
  client: { label: 'Clients', to: (id) => `/office/clients/${id}`, archived: 'archived' },
  tutor: { label: 'Tutors', to: (id) => `/office/tutors/${id}`, archived: 'archived' },
  request: { label: 'Requests', to: (id) => `/office/requests/${id}`, archived: 'closed' },
  session: { label: 'Sessions', to: (id) => `/office/sessions/${id}`, archived: '' },
  course: { label: 'Courses', to: (id) => `/office/courses/${id}`, archived: 'archived' },
  program: { label: 'Programs', to: (id) => `/office/programs/${id}`, archived: 'archived' },
  subject: { label: 'Subjects', to: (id) => `/office/subjects/${id}`, archived: 'archived' },
  place: { label: 'Places', to: (id) => `/office/settings/places/${id}`, archived: 'archived' },
  invoice: { label: 'Invoices', to: (id) => `/office/invoices/${id}`, archived: '' },
  credit_note: { label: 'Credit notes', to: (id) => `/credit-notes/${id}.pdf`, archived: '' },
};

/** By kind, the kind of the best first; within one in the order they were found in. */
export function groupFound(found: readonly Found[]): FoundGroup[] {
  const groups = new Map<FoundKind, FoundGroup>();
  for (const { kind, id, title, detail, archived } of found) {
    const { label, to, archived: word } = kinds[kind];
    const group = groups.get(kind) ?? { label, items: [] };
    const said = archived && word ? [detail, word].filter(Boolean).join(', ') : detail;
    group.items.push({ id, to: to(id), title, detail: said, archived });
    groups.set(kind, group);
  }
  return [...groups.values()];
}

import type { MergeKind } from './references.server.ts';

/** A fact of which one of two records' values is kept; columns that only make sense together are one fact. */
export interface MergeField {
  label: string;
  /** As the database calls them; the first is what is shown. */
  columns: string[];
}

export const MERGE_FIELDS: Record<MergeKind, MergeField[]> = {
  tutor: [
    { label: 'First name', columns: ['first_name'] },
    { label: 'Last name', columns: ['last_name'] },
    { label: 'E-mail', columns: ['email'] },
    { label: 'Phone', columns: ['phone'] },
    { label: 'Time zone', columns: ['timezone'] },
    { label: 'Gender', columns: ['gender'] },
    { label: 'Languages', columns: ['languages'] },
    { label: 'Home', columns: ['home_address', 'home_latitude', 'home_longitude'] },
    { label: 'Minutes of reach', columns: ['reach_minutes'] },
    { label: 'Most hours a week', columns: ['max_hours_per_week'] },
    { label: 'Wished hours a week', columns: ['wished_hours_per_week'] },
    { label: 'Own room', columns: ['personal_room_url'] },
    { label: 'Notes', columns: ['notes'] },
    { label: 'Words on the booking page', columns: ['storefront_text'] },
  ],
  client: [
    { label: 'Name', columns: ['name'] },
    { label: 'E-mail', columns: ['email'] },
    { label: 'Phone', columns: ['phone'] },
    { label: 'Address', columns: ['address'] },
    { label: 'Time zone', columns: ['timezone'] },
    { label: 'Notes', columns: ['notes'] },
  ],
  student: [
    { label: 'First name', columns: ['first_name'] },
    { label: 'Last name', columns: ['last_name'] },
    { label: 'E-mail', columns: ['email'] },
    { label: 'Grade', columns: ['grade'] },
    { label: 'Time zone', columns: ['timezone'] },
    { label: 'Notes', columns: ['notes'] },
  ],
};

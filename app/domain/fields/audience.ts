import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { Audience } from './custom-field.ts';

/** As whom somebody of the office reads fields: whoever makes them sees them all. */
export const officeAudience = (user: SignedInUser): Audience => (can(user, 'organisation.manage') ? 'admin' : 'scheduler');

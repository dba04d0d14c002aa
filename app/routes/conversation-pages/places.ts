/** From where somebody reads messages: their own part of the pages. */
export type Place = 'tutor' | 'family' | 'office';

export const listOf = (place: Place) => `/${place}/messages`;

import { z } from 'zod';
import { freeText, optional, optionalId, recordId, requiredText, version, wholeNumber } from '#app/domain/people/fields.ts';
import { readCoordinates } from './coordinates.ts';

/** Of a point that somebody types or pastes from a map. */
export const coordinates = optional(
  z
    .string()
    .trim()
    .max(2000, 'That is too long for coordinates')
    .transform((text, ctx) => {
      const point = readCoordinates(text);
      if (point) return point;
      ctx.addIssue({ code: 'custom', message: 'Enter latitude and longitude such as 51.5, -0.12, or paste the link of a map' });
      return z.NEVER;
    }),
);

export const placeSchema = z.object({
  /** Chosen by the form, so that sending it twice adds one. */
  id: recordId,
  name: requiredText('Enter a name'),
  address: freeText(500),
  coordinates,
  /** A family's home; empty: a place of the company's, or a school. */
  clientId: optionalId('Choose a family'),
});
export type PlaceValues = z.output<typeof placeSchema>;

export const placeEditSchema = placeSchema.extend({ version });
export type PlaceEdit = z.output<typeof placeEditSchema>;

const miles = z
  .union([z.string().trim(), z.number().transform(String)])
  .refine((text) => /^\d{1,4}(\.\d)?$/.test(text), 'Enter miles with at most one decimal, such as 4.5');

export const travelTimeSchema = z.object({
  placeId: recordId,
  otherId: z.uuid('Choose the other place'),
  minutes: wholeNumber(0, 1440, 'minutes'),
  miles: optional(miles),
});
export type TravelTimeValues = z.output<typeof travelTimeSchema>;

export const roomSchema = z.object({
  id: recordId,
  name: requiredText('Enter a name'),
  placeId: optionalId('Choose a place'),
  capacity: optional(wholeNumber(1, 500, 'people')),
  notes: freeText(1000),
});
export type RoomValues = z.output<typeof roomSchema>;

export const roomEditSchema = roomSchema.extend({ version });
export type RoomEdit = z.output<typeof roomEditSchema>;

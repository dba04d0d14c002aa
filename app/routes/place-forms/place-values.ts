import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';

interface Place {
  name: string;
  address: string;
  latitude: string | null;
  longitude: string | null;
  clientId: string | null;
}

export const placeFormValues = ({ name, address, latitude, longitude, clientId }: Place): FormValues => ({
  ...asFormValues({ name, address, clientId }),
  coordinates: [latitude === null || longitude === null ? '' : `${Number(latitude)}, ${Number(longitude)}`],
});

interface Room {
  name: string;
  placeId: string | null;
  capacity: number | null;
  notes: string;
}

export const roomFormValues = ({ name, placeId, capacity, notes }: Room): FormValues =>
  asFormValues({ name, placeId, capacity, notes });

import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PlaceChoice, RoomChoice } from '#app/domain/places/queries.server.ts';

export interface WhereChoices {
  places: PlaceChoice[];
  rooms: RoomChoice[];
}

export interface WhereValues {
  placeId: string;
  roomId: string;
  location: string;
}

interface WhereFieldsProps {
  choices: WhereChoices;
  values: WhereValues;
  errors: Record<string, string>;
  /** The families of who comes: their homes are offered first. */
  clientIds: readonly string[];
}

/**
 * Where a session in person is: a place, or a room, which is at its place. The words are for what is neither, or to say it
 * more exactly; left empty, they are the room's and the place's.
 */
export function WhereFields({ choices, values, errors, clientIds }: WhereFieldsProps) {
  const [placeId, setPlaceId] = useState(values.placeId);
  const [roomId, setRoomId] = useState(values.roomId);
  const { places, rooms } = choices;
  const groups = [
    { label: clientIds.length > 1 ? 'Their homes' : 'Their home', of: places.filter((place) => isHomeOf(place, clientIds)) },
    { label: 'Places', of: places.filter((place) => place.clientId === null) },
    { label: 'Other homes', of: places.filter((place) => place.clientId !== null && !isHomeOf(place, clientIds)) },
  ].filter(({ of }) => of.length > 0);
  const chooseRoom = (id: string) => {
    setRoomId(id);
    const at = rooms.find((room) => room.id === id)?.placeId;
    if (at) setPlaceId(at);
  };
  const choosePlace = (id: string) => {
    setPlaceId(id);
    const at = rooms.find((room) => room.id === roomId)?.placeId;
    if (at && at !== id) setRoomId('');
  };
  const placeName = (id: string | null) => places.find((place) => place.id === id)?.name;
  return (
    <>
      {places.length > 0 ? (
        <NativeSelect
          name="placeId"
          label="Place"
          value={placeId}
          onChange={({ currentTarget: { value } }) => choosePlace(value)}
          error={errors.placeId}
        >
          <option value="">{'None of these'}</option>
          {groups.map(({ label, of }) => (
            <optgroup key={label} label={label}>
              {of.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </NativeSelect>
      ) : null}
      {rooms.length > 0 ? (
        <NativeSelect
          name="roomId"
          label="Room"
          value={roomId}
          onChange={({ currentTarget: { value } }) => chooseRoom(value)}
          error={errors.roomId}
          data={[
            { value: '', label: 'No room' },
            ...rooms.map(({ id, name, capacity, placeId: at }) => ({
              value: id,
              label: [name, capacity === null ? '' : `up to ${capacity}`, placeName(at)].filter(Boolean).join(', '),
            })),
          ]}
        />
      ) : null}
      <TextInput
        name="location"
        label={places.length + rooms.length > 0 ? 'Where exactly' : 'Place'}
        placeholder={placeId || roomId ? 'As the place and the room are called' : 'Address or room'}
        defaultValue={values.location}
        error={errors.location}
      />
    </>
  );
}

const isHomeOf = (place: PlaceChoice, clientIds: readonly string[]) =>
  place.clientId !== null && clientIds.includes(place.clientId);

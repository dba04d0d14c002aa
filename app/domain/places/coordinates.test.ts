import { describe, expect, it } from 'vitest';
import { readCoordinates } from './coordinates.ts';

describe('where a place is', () => {
  it.each([
    ['51.5, -0.12', 51.5, -0.12],
    [' 51.5074;-0.1278 ', 51.5074, -0.1278],
    ['51.5° N, 0.12° W', 51.5, -0.12],
    ['(53.349805, -6.26031)', 53.349805, -6.26031],
    ['https://www.google.com/maps/place/Study/@51.51,-0.13,17z/data=!3m1!4b1!4m5!3d51.5074!4d-0.1278', 51.5074, -0.1278],
    ['https://www.google.com/maps/@40.7128,-74.006,15z', 40.7128, -74.006],
    ['https://maps.google.com/?q=51.5,-0.12', 51.5, -0.12],
    ['https://www.google.com/maps/search/?api=1&query=51.5%2C-0.12', 51.5, -0.12],
    ['https://www.openstreetmap.org/?mlat=51.5&mlon=-0.12#map=12/51.6/-0.2', 51.5, -0.12],
    ['https://www.openstreetmap.org/#map=17/51.5/-0.12', 51.5, -0.12],
    ['https://maps.apple.com/?ll=51.5,-0.12&z=12', 51.5, -0.12],
    ['geo:51.5,-0.12;u=35', 51.5, -0.12],
  ])('is read from %s', (text, latitude, longitude) => {
    expect(readCoordinates(text)).toEqual({ latitude, longitude });
  });

  it.each(['', 'London', '91, 0', '0, 181', '51.5', '12 High Street, 4', 'https://example.org/?q=London', '51,5 0,12'])(
    'is not read from “%s”',
    (text) => {
      expect(readCoordinates(text)).toBeUndefined();
    },
  );
});

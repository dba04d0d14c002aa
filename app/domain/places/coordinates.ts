export interface Coordinates {
  latitude: number;
  longitude: number;
}

const NUMBER = String.raw`(-?\d{1,3}(?:\.\d+)?)`;

/** How maps write a point into their links, the particular before the general. */
const LINKS = [
  // A place on Google Maps; what stands behind @ is only the middle of the picture.
  new RegExp(`!3d${NUMBER}!4d${NUMBER}`),
  new RegExp(`[?&](?:q|query|ll|sll|destination|daddr|center)=(?:loc:)?${NUMBER}(?:,|%2C)\\+?(?:%20)?${NUMBER}`, 'i'),
  new RegExp(`[?&]mlat=${NUMBER}&(?:amp;)?mlon=${NUMBER}`),
  new RegExp(`#map=\\d+(?:\\.\\d+)?/${NUMBER}/${NUMBER}`),
  new RegExp(`@${NUMBER},${NUMBER}`),
  new RegExp(`^geo:${NUMBER},${NUMBER}`),
];
const PLAIN = new RegExp(`^\\(?\\s*${NUMBER}\\s*°?\\s*([NS])?\\s*[,;\\s]\\s*${NUMBER}\\s*°?\\s*([EW])?\\s*\\)?$`, 'i');

/** "51.5, -0.12", "51.5 N 0.12 W", or the link of a map; undefined where there is no point of the earth in it. */
export function readCoordinates(text: string): Coordinates | undefined {
  const typed = text.trim();
  const plain = PLAIN.exec(typed);
  if (plain) {
    const [, latitude, south, longitude, west] = plain;
    return onEarth(signed(latitude, /s/i.test(south ?? '')), signed(longitude, /w/i.test(west ?? '')));
  }
  if (!/^(https?:\/\/|geo:)/i.test(typed)) return undefined;
  for (const link of LINKS) {
    const [, latitude, longitude] = link.exec(typed) ?? [];
    if (latitude !== undefined && longitude !== undefined) return onEarth(Number(latitude), Number(longitude));
  }
  return undefined;
}

const signed = (text: string | undefined, negative: boolean) => (negative ? -Math.abs(Number(text)) : Number(text));

function onEarth(latitude: number, longitude: number): Coordinates | undefined {
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return { latitude: round(latitude), longitude: round(longitude) };
}

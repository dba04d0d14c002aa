/** As the W3C's "Web Application Manifest" has it. The start page leads everybody to their own place. */
export function webManifest(organisation: { name: string; locale: string } | undefined) {
  const name = organisation?.name ?? 'Lectern';
  return {
    id: '/',
    name,
    short_name: shortName(name),
    lang: organisation?.locale ?? 'en',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#2a5fa5',
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}

/** Below an icon there is room for some twelve letters: whole words, as many as fit. */
function shortName(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  let short = words[0] ?? name;
  for (const word of words.slice(1)) {
    if (`${short} ${word}`.length > 12) break;
    short += ` ${word}`;
  }
  return short;
}

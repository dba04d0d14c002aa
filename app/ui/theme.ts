import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Everything else is neutral; green, yellow and red belong to states. */
const lectern: MantineColorsTuple = [
  '#eef4fb',
  '#dbe6f3',
  '#b3cbe8',
  '#88aede',
  '#6595d6',
  '#4f86d1',
  '#437ecf',
  '#346cb8',
  '#2a5fa5',
  '#1b5292',
];

export const theme = createTheme({
  colors: { lectern },
  primaryColor: 'lectern',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 'sm',
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  // A title in the colour of its state would be below AA on the tint of it.
  components: { Alert: { styles: { label: { color: 'var(--mantine-color-text)' } } } },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

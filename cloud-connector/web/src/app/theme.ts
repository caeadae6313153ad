import { createTheme, type CSSVariablesResolver, localStorageColorSchemeManager } from '@mantine/core';

export const theme = createTheme({
  fontFamily: "'Inter Variable', 'Noto Sans Thai Variable', system-ui, sans-serif",
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Thai Variable", monospace',
  headings: { fontWeight: '600' },
  primaryColor: 'console',
  primaryShade: { light: 6, dark: 5 },
  defaultRadius: 'sm',
  components: {
    Tooltip: { defaultProps: { fz: 'xs', openDelay: 200 } },
  },
  colors: {
    // Mantine's greys have no blue in them, the console's have.
    dark: [
      '#c9d1da',
      '#b4bdc9',
      '#8490a0',
      '#5d6877',
      '#38404c',
      '#2c323c',
      '#232932',
      '#1b1f26',
      '#15181e',
      '#101317',
    ],
    console: [
      '#eef3fc',
      '#dbe5f7',
      '#b3c8ee',
      '#89aae5',
      '#6690de',
      '#4271c8',
      '#2b5fb8',
      '#234f9b',
      '#1c4180',
      '#153264',
    ],
  },
});

/** Text and ground as the console's own colours, so that tables and Mantine's parts match. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#18202a',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-error': '#b3261e',
  },
  dark: { '--mantine-color-text': '#dfe5ec', '--mantine-color-error': '#ff9a92' },
});

/** The same name as in public/color-scheme.js. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'scs:color-scheme' });

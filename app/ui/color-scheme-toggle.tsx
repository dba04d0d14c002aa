import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconMoon, IconSun } from '@tabler/icons-react';

/** Light or dark; without a choice the system's. Without a script there is nothing to switch, so nothing shows. */
export function ColorSchemeToggle({ className }: { className?: string | undefined }) {
  const mounted = useMounted();
  const { setColorScheme } = useMantineColorScheme();
  const current = useComputedColorScheme('light', { getInitialValueInEffect: true });
  if (!mounted) return null;
  const next = current === 'dark' ? 'light' : 'dark';
  const Icon = next === 'dark' ? IconMoon : IconSun;
  return (
    <button type="button" className={className} onClick={() => setColorScheme(next)}>
      <Icon size={18} stroke={1.6} aria-hidden />
      {next === 'dark' ? 'Dark colours' : 'Light colours'}
    </button>
  );
}

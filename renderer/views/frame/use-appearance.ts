import { useEffect } from 'react';
import { useSettings } from '../../bridge/queries.ts';
import { useMedia } from '../../state/use-media.ts';

/** Puts theme and density on the root element, where the style sheets look for them. */
export function useAppearance(): void {
  const settings = useSettings().data;
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const theme = settings?.theme ?? 'system';
  const dark = theme === 'system' ? systemDark : theme === 'dark';
  const density = settings?.density ?? 'comfortable';
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    document.documentElement.dataset['density'] = density;
  }, [dark, density]);
}

import { useAppInfo } from '../../bridge/queries.ts';

/** Full name of a new file in the folder that exports go to; empty until that folder is known. */
export function usePlace(): (name: string) => string {
  const info = useAppInfo().data;
  return (name) => {
    if (info === undefined) return '';
    return `${info.exportFolder.replace(/[\\/]+$/u, '')}${info.platform === 'win32' ? '\\' : '/'}${name}`;
  };
}

import { isStringList, useStored } from '../../state/use-stored.ts';

const most = 50;

/** What was searched in this browser, the newest first. It stays here: searches are confidential, too. */
export function useHistory(): [readonly string[], (query: string) => void] {
  const [history, setHistory] = useStored<string[]>('search.history', [], isStringList);
  const remember = (query: string) => {
    const text = query.trim();
    if (text === '' || text === history[0]) return;
    setHistory([text, ...history.filter((former) => former !== text)].slice(0, most));
  };
  return [history, remember];
}

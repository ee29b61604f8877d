import { useSearch } from 'wouter';
import { CaseView } from './case-view.tsx';
import { CasesOverview } from './cases-overview.tsx';

/** The cases, review lists and holds; or one case, named in the address. */
export function CasesView() {
  const name = new URLSearchParams(useSearch()).get('name');
  return name === null ? <CasesOverview /> : <CaseView key={name} name={name} />;
}

import type { ErrorValue } from '../../../preload/errors.ts';
import styles from './query-field.module.css';

/** What is wrong with the query, and where: the place is shown in the text itself. */
export function QueryProblem({ query, problem }: { query: string; problem: ErrorValue }) {
  const at = problem.details?.['position'];
  const position = typeof at === 'number' ? Math.min(at, query.length) : null;
  return (
    <div className={styles.problem} id="query-problem" role="alert">
      {position !== null && (
        <code className={styles.where} aria-hidden dir="ltr">
          {position > 48 && '…'}
          {query.slice(Math.max(0, position - 48), position)}
          <span className={styles.spot}>{query.slice(position, position + 24) || ' '}</span>
        </code>
      )}
      <span>
        {problem.message} {problem.hint}
      </span>
    </div>
  );
}

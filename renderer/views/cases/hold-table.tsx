import { useState } from 'react';
import { Link } from 'wouter';
import type { Hold } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useHolds } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Table } from '../../parts/table.tsx';
import { useZone } from '../../state/use-zone.ts';
import { formatDay, formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { ReasonDialog } from '../review/reason-dialog.tsx';
import { filterText } from '../search/query-text.ts';
import { searchHref } from '../search/search-state.ts';
import styles from './cases-view.module.css';

/** All holds, the newest first: what each keeps, since when, and whether it still stands. */
export function HoldTable() {
  const client = useClient();
  const holds = useHolds();
  const [releasing, setReleasing] = useState<Hold | null>(null);
  return (
    <section className={styles.section} aria-labelledby="holds">
      <h2 id="holds">{t('holds.title')}</h2>
      {holds.error !== null && <ErrorNotice error={asErrorValue(holds.error)} onRetry={() => void holds.refetch()} />}
      {holds.isPending && <Skeleton rows={3} label={t('state.loading')} />}
      {holds.data?.length === 0 && <p className={styles.aside}>{t('holds.empty')}</p>}
      {holds.data !== undefined && holds.data.length > 0 && (
        <Table
          figures="last"
          columns={[t('holds.name'), t('holds.covers'), t('holds.since'), t('holds.state'), t('cases.conversations')]}
        >
          {holds.data.map((hold) => (
            <HoldRow key={hold.name} hold={hold} onRelease={() => setReleasing(hold)} />
          ))}
        </Table>
      )}
      <ReasonDialog
        title={t('holds.release')}
        about={t('holds.release.about', { name: releasing?.name ?? '' })}
        verb={t('holds.release')}
        isOpen={releasing !== null}
        onClose={() => setReleasing(null)}
        onConfirm={(reason) => client.call('holds.release', { name: releasing?.name ?? '', reason })}
      />
    </section>
  );
}

function HoldRow({ hold, onRelease }: { hold: Hold; onRelease: () => void }) {
  const zone = useZone();
  const { name, reason, released, total } = hold;
  return (
    <tr>
      <td>
        {released === null ? (
          <Link href={searchHref({ query: filterText('hold', name) })}>
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <bdi>{name}</bdi>
        )}
        <p className={styles.aside}>{reason}</p>
      </td>
      <td>{scopeWords(hold)}</td>
      <td>{t('holds.since.by', { day: formatDay(hold.createdAt, zone), by: hold.createdBy })}</td>
      <td>
        {released === null ? (
          <span className={styles.state}>
            {t('holds.in-force')}
            <Button kind="quiet" size="small" aria-label={t('holds.release-named', { name })} onPress={onRelease}>
              {t('holds.release')}…
            </Button>
          </span>
        ) : (
          t('holds.released', { day: formatDay(released.at, zone), by: released.by })
        )}
      </td>
      <td>{formatNumber(total)}</td>
    </tr>
  );
}

function scopeWords(hold: Hold): string {
  if (hold.scope === 'case') return t('queues.of.case', { name: hold.case ?? '' });
  if (hold.scope === 'ids') return t('queues.of.selection');
  return hold.standing ? t('holds.covers.standing') : t('queues.of.search');
}

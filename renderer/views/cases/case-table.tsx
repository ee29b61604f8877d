import { Lock } from 'lucide-react';
import { Link } from 'wouter';
import type { Case } from '../../../preload/model.ts';
import { Table } from '../../parts/table.tsx';
import { useZone } from '../../state/use-zone.ts';
import { formatDay, formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { caseHref } from './hrefs.ts';
import styles from './cases-view.module.css';

/** Open cases first, as the archive lists them. */
export function CaseTable({ cases }: { cases: readonly Case[] }) {
  const zone = useZone();
  return (
    <Table
      figures="last"
      columns={[
        t('cases.name'),
        t('cases.matter'),
        t('cases.custodian'),
        t('cases.opened'),
        t('cases.state'),
        t('cases.conversations'),
      ]}
    >
      {cases.map((item) => (
        <tr key={item.name}>
          <td>
            <Link href={caseHref(item.name)}>{item.name}</Link>
          </td>
          <td>{item.matter === '' ? '–' : <bdi>{item.matter}</bdi>}</td>
          <td>{item.custodian === '' ? '–' : <bdi>{item.custodian}</bdi>}</td>
          <td>{formatDay(item.createdAt, zone)}</td>
          <td>
            <span className={styles.state}>
              {item.closed === null ? t('cases.open') : t('cases.closed')}
              {item.holds.length > 0 && <Lock size={13} role="img" aria-label={t('cases.held')} />}
            </span>
          </td>
          <td>{formatNumber(item.total)}</td>
        </tr>
      ))}
    </Table>
  );
}

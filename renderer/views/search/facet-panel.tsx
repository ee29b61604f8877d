import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { Button, Disclosure, DisclosurePanel, Heading, ToggleButton } from 'react-aria-components';
import type { Facet } from '../../../preload/model.ts';
import { isStringList, useStored } from '../../state/use-stored.ts';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { facetLabel, fieldLabel } from './facet-words.ts';
import { hasFilter } from './query-text.ts';
import styles from './facet-panel.module.css';

interface FacetPanelProps {
  facets: readonly Facet[];
  query: string;
  stale: boolean;
  onToggle: (field: string, value: string) => void;
  /** Asks for the values that the panel has no room for. */
  onMore: (field: string) => void;
}

/** As many values as are asked for: there may be more. */
const mostShown = 12;

const foldedAtFirst = ['account', 'group', 'campaign', 'device', 'channel', 'nps', 'is'];

/** How the results divide. A click writes a filter into the query; another takes it out. */
export function FacetPanel({ facets, query, stale, onToggle, onMore }: FacetPanelProps) {
  const [folded, setFolded] = useStored('facets.folded', foldedAtFirst, isStringList);
  const useful = facets.filter((facet) => facet.values.length > 0);
  return (
    <div className={clsx(styles.panel, stale && styles.stale)}>
      {useful.map((facet) => {
        const largest = Math.max(...facet.values.map((value) => value.total));
        return (
          <Disclosure
            key={facet.field}
            className={clsx(styles.group)}
            isExpanded={!folded.includes(facet.field)}
            onExpandedChange={(open) =>
              setFolded(open ? folded.filter((field) => field !== facet.field) : [...folded, facet.field])
            }
          >
            <Heading level={2} className={clsx(styles.heading)}>
              <Button slot="trigger" className={clsx(styles.trigger)}>
                <ChevronRight size={14} aria-hidden className={clsx(styles.chevron)} />
                {fieldLabel(facet.field)}
              </Button>
            </Heading>
            <DisclosurePanel className={clsx(styles.values)}>
              {facet.values.map(({ value, label, total }) => (
                <ToggleButton
                  key={value}
                  className={clsx(styles.value)}
                  isSelected={hasFilter(query, facet.field, value)}
                  onChange={() => onToggle(facet.field, value)}
                >
                  <span className={styles.share} style={{ transform: `scaleX(${total / largest})` }} aria-hidden />
                  <bdi className={styles.name}>{facetLabel(facet.field, value, label)}</bdi>
                  <span className={styles.total}>{formatNumber(total)}</span>
                </ToggleButton>
              ))}
              {facet.values.length >= mostShown && (
                <Button className={clsx(styles.more)} onPress={() => onMore(facet.field)}>
                  {t('facet.more')}
                </Button>
              )}
            </DisclosurePanel>
          </Disclosure>
        );
      })}
    </div>
  );
}

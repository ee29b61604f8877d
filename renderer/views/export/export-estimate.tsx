import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ExportFormat, ExportSplit } from '../../../preload/model.ts';
import { useClient } from '../../bridge/client.ts';
import { formatBytes } from '../../text/format.ts';
import { t } from '../../text/text.ts';

interface ExportEstimateProps {
  query: string;
  ids?: readonly string[] | undefined;
  zone: string;
  formats: readonly ExportFormat[];
  split: ExportSplit | null;
  redacted: boolean;
  className: string | undefined;
}

/** About how much the export will make, for the formats and parts chosen right now. */
export function ExportEstimate({ query, ids, zone, formats, split, redacted, className }: ExportEstimateProps) {
  const client = useClient();
  const estimate = useQuery({
    queryKey: ['export.estimate', query, ids, zone, formats, split],
    queryFn: ({ signal }) =>
      client.call(
        'export.estimate',
        {
          query,
          ...(ids === undefined ? {} : { ids: [...ids] }),
          timeZone: zone,
          formats: [...formats],
          ...(split === null ? {} : { split }),
        },
        signal,
      ),
    enabled: formats.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  // An estimate that fails says nothing: the export itself will say what is wrong.
  if (formats.length === 0 || estimate.isError) return null;
  return (
    <p className={className} role="status">
      {estimate.data === undefined
        ? t('export.estimate.busy')
        : t('export.estimate', { count: estimate.data.files, size: formatBytes(estimate.data.bytes) })}
      {redacted && ` ${t('export.estimate.redacted')}`}
    </p>
  );
}

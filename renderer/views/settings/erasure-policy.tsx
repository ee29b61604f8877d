import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Input } from '../../../preload/contract.ts';
import type { ErasurePolicies, ErasurePolicy as Policy } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useAccounts } from '../../bridge/queries.ts';
import { Skeleton } from '../../parts/empty.tsx';
import { Select } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { t } from '../../text/text.ts';
import { Setting } from './setting.tsx';

const policies: readonly Policy[] = ['keep', 'ask', 'purge'];

/** What becomes of former versions of what LivePerson erases, for the archive and for single accounts. */
export function ErasurePolicy() {
  const client = useClient();
  const queries = useQueryClient();
  const accounts = useAccounts().data ?? [];
  const stored = useQuery({
    queryKey: ['erasure.policies'],
    queryFn: ({ signal }) => client.call('erasure.policies', {}, signal),
  });
  const save = useMutation({
    mutationFn: (input: Input<'erasure.setPolicy'>) => client.call('erasure.setPolicy', input),
    onSuccess: (saved: ErasurePolicies) => queries.setQueryData(['erasure.policies'], saved),
  });
  if (stored.error !== null) {
    return <ErrorNotice error={asErrorValue(stored.error)} onRetry={() => void stored.refetch()} />;
  }
  if (stored.data === undefined) return <Skeleton rows={2} label={t('state.loading')} />;
  const { archive, accounts: own } = stored.data;
  return (
    <>
      {save.error !== null && <ErrorNotice error={asErrorValue(save.error)} />}
      <Setting name={t('erasure.policy')} note={t(`erasure.policy.${archive}.what`)}>
        <Select
          label={t('erasure.policy')}
          labelHidden
          choices={policies.map((id) => ({ id, label: t(`erasure.policy.${id}`) }))}
          value={archive}
          onChange={(policy) => save.mutate({ policy })}
        />
      </Setting>
      {accounts.length > 1 &&
        accounts.map(({ accountId, label }) => {
          const policy = own.find((each) => each.accountId === accountId)?.policy ?? 'default';
          const name = t('erasure.policy.account', { account: label ?? accountId });
          return (
            <Setting key={accountId} name={name}>
              <Select
                label={name}
                labelHidden
                choices={[
                  { id: 'default', label: t('erasure.policy.default') },
                  ...policies.map((id) => ({ id, label: t(`erasure.policy.${id}`) })),
                ]}
                value={policy}
                onChange={(chosen: Policy | 'default') =>
                  save.mutate({ accountId, policy: chosen === 'default' ? null : chosen })
                }
              />
            </Setting>
          );
        })}
    </>
  );
}

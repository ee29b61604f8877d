import { useMutation, useQueryClient } from '@tanstack/react-query';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { toast } from '../../parts/toast.tsx';
import { t } from '../../text/text.ts';

/** Keeps the schedule away from one account, and stops a sync of it at the next page; or lets it go on. */
export function PauseButton({ accountId, name, paused }: { accountId: string; name: string; paused: boolean }) {
  const client = useClient();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => client.call(paused ? 'sync.resume' : 'sync.pause', { accountId }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['status.get'] }),
    onError: (error) => toast(asErrorValue(error).message),
  });
  return (
    <Button
      size="small"
      isDisabled={change.isPending}
      onPress={() => change.mutate()}
      aria-label={paused ? t('pause.resume.account', { account: name }) : t('pause.pause.account', { account: name })}
    >
      {paused ? t('pause.resume') : t('pause.pause')}
    </Button>
  );
}

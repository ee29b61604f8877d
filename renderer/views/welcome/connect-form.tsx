import { useMutation, useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useState } from 'react';
import {
  Checkbox,
  CheckboxGroup,
  Disclosure,
  DisclosurePanel,
  Button as AriaButton,
  Form,
  Heading,
  Label,
} from 'react-aria-components';
import type { AccountTest, Credentials, Source } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice, Notice } from '../../parts/notice.tsx';
import { Segments } from '../../parts/segments.tsx';
import { t } from '../../text/text.ts';
import { KeyHelp } from './key-help.tsx';
import { TestResult } from './test-result.tsx';
import styles from './connect-form.module.css';

interface ConnectFormProps {
  onConnected: (accountId: string) => void;
  onCancel: () => void;
}

type CredentialType = Credentials['type'];

function field(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

function credentialsOf(type: CredentialType, data: FormData): Credentials {
  if (type === 'oauth2') return { type, clientId: field(data, 'clientId'), clientSecret: field(data, 'clientSecret') };
  return {
    type,
    consumerKey: field(data, 'consumerKey'),
    consumerSecret: field(data, 'consumerSecret'),
    token: field(data, 'token'),
    tokenSecret: field(data, 'tokenSecret'),
  };
}

/** The form is long: what went wrong must not appear below the fold. */
const showProblem = (element: HTMLDivElement | null) => element?.scrollIntoView({ block: 'center' });

/** Adds an account and tests it. When the test fails the account is taken out again: nothing half-connected stays. */
export function ConnectForm({ onConnected, onCancel }: ConnectFormProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [type, setType] = useState<CredentialType>('oauth2');
  const [sources, setSources] = useState<Source[]>(['chat', 'messaging']);
  const connect = useMutation({
    mutationFn: async (data: FormData): Promise<AccountTest> => {
      const accountId = field(data, 'accountId');
      const label = field(data, 'label');
      const domainApi = field(data, 'domainApi');
      await client.call('accounts.add', {
        settings: {
          accountId,
          sources,
          ...(label === '' ? {} : { label }),
          ...(domainApi === '' ? {} : { domainApi }),
        },
        credentials: credentialsOf(type, data),
      });
      try {
        return await client.call('accounts.test', { accountId });
      } catch (error) {
        await client.call('accounts.remove', { accountId });
        throw error;
      }
    },
  });

  if (connect.data !== undefined) {
    const { accountId } = connect.data;
    return (
      <TestResult
        result={connect.data}
        onSync={() => {
          void queries.invalidateQueries({ queryKey: ['accounts.list'] });
          onConnected(accountId);
        }}
      />
    );
  }
  return (
    <div className={styles.columns}>
      <Form
        className={clsx(styles.form)}
        onSubmit={(event) => {
          event.preventDefault();
          connect.mutate(new FormData(event.currentTarget));
        }}
      >
        <TextField
          name="accountId"
          label={t('connect.account')}
          description={t('connect.account.where')}
          isRequired
          autoFocus
          pattern="[A-Za-z0-9_\-]{1,64}"
          autoComplete="off"
        />
        <div className={styles.kind}>
          <span className={styles.label}>{t('connect.type')}</span>
          <Segments
            label={t('connect.type')}
            choices={[
              { id: 'oauth2', label: t('connect.oauth2') },
              { id: 'oauth1', label: t('connect.oauth1') },
            ]}
            value={type}
            onChange={setType}
          />
        </div>
        {type === 'oauth2' ? (
          <>
            <TextField
              key="clientId"
              name="clientId"
              label={t('connect.client-id')}
              isRequired
              autoComplete="off"
              mono
            />
            <TextField
              key="clientSecret"
              name="clientSecret"
              label={t('connect.client-secret')}
              type="password"
              isRequired
              autoComplete="off"
              mono
            />
          </>
        ) : (
          <>
            <Notice tone="warning">{t('connect.oauth1.end')}</Notice>
            <TextField name="consumerKey" label={t('connect.consumer-key')} isRequired autoComplete="off" mono />
            <TextField
              name="consumerSecret"
              label={t('connect.consumer-secret')}
              type="password"
              isRequired
              autoComplete="off"
              mono
            />
            <TextField name="token" label={t('connect.token')} isRequired autoComplete="off" mono />
            <TextField
              name="tokenSecret"
              label={t('connect.token-secret')}
              type="password"
              isRequired
              autoComplete="off"
              mono
            />
          </>
        )}
        <CheckboxGroup
          className={clsx(styles.sources)}
          value={sources}
          onChange={(chosen) => setSources(chosen as Source[])}
        >
          <Label className={clsx(styles.label)}>{t('connect.sources')}</Label>
          <Checkbox value="chat" className={clsx(styles.check)}>
            <span className={styles.box} aria-hidden />
            {t('connect.chat')}
          </Checkbox>
          <Checkbox value="messaging" className={clsx(styles.check)}>
            <span className={styles.box} aria-hidden />
            {t('connect.messaging')}
          </Checkbox>
        </CheckboxGroup>
        <Disclosure>
          <Heading level={2}>
            <AriaButton slot="trigger" className={clsx(styles.more)}>
              {t('connect.more')}
            </AriaButton>
          </Heading>
          <DisclosurePanel className={clsx(styles.extra)}>
            <TextField
              name="label"
              label={t('connect.label')}
              description={t('connect.label.what')}
              autoComplete="off"
            />
            <TextField
              name="domainApi"
              label={t('connect.domain')}
              description={t('connect.domain.what')}
              type="url"
              placeholder="https://"
              autoComplete="off"
              mono
            />
          </DisclosurePanel>
        </Disclosure>
        {connect.error !== null && (
          <div ref={showProblem}>
            <ErrorNotice error={asErrorValue(connect.error)} />
          </div>
        )}
        <div className={styles.actions}>
          <Button kind="primary" type="submit" isDisabled={connect.isPending || sources.length === 0}>
            {connect.isPending ? t('connect.testing') : t('connect.test')}
          </Button>
          <Button kind="quiet" onPress={onCancel}>
            {t('action.cancel')}
          </Button>
        </div>
      </Form>
      <KeyHelp type={type} />
    </div>
  );
}

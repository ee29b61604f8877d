import { asErrorValue } from '../../bridge/client.ts';
import { useAppInfo, useSaveSettings, useSettings } from '../../bridge/queries.ts';
import { Skeleton } from '../../parts/empty.tsx';
import { Select } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Segments } from '../../parts/segments.tsx';
import { t } from '../../text/text.ts';
import { AccountList } from './account-list.tsx';
import { Backup } from './backup.tsx';
import { ErasurePolicy } from './erasure-policy.tsx';
import { ImportFiles } from './import-files.tsx';
import { Schedule } from './schedule.tsx';
import { Part, Setting } from './setting.tsx';
import styles from './settings-view.module.css';

const systemZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function SettingsView() {
  const settings = useSettings();
  const info = useAppInfo().data;
  const save = useSaveSettings();
  const zones = [
    { id: 'system', label: t('settings.zone.system', { zone: systemZone }) },
    { id: 'UTC', label: 'UTC' },
    ...Intl.supportedValuesOf('timeZone').map((id) => ({ id, label: id.replaceAll('_', ' ') })),
  ];
  return (
    <main className={styles.view}>
      <div className={styles.column}>
        <h1>{t('nav.settings')}</h1>
        <Part title={t('settings.accounts')}>
          <AccountList />
        </Part>
        <Part title={t('settings.schedule')}>
          <Schedule />
        </Part>
        <Part title={t('erasure.policies')}>
          <ErasurePolicy />
        </Part>
        <Part title={t('settings.appearance')}>
          {settings.error !== null && (
            <ErrorNotice error={asErrorValue(settings.error)} onRetry={() => void settings.refetch()} />
          )}
          {save.error !== null && <ErrorNotice error={asErrorValue(save.error)} />}
          {settings.data === undefined ? (
            <Skeleton rows={3} label={t('state.loading')} />
          ) : (
            <>
              <Setting name={t('settings.language')} note={t('settings.language.what')}>
                <Segments
                  label={t('settings.language')}
                  choices={(['system', 'en', 'de'] as const).map((id) => ({
                    id,
                    label: t(`settings.language.${id}`),
                  }))}
                  value={settings.data.language}
                  onChange={(language) => save.mutate({ language }, { onSuccess: () => location.reload() })}
                />
              </Setting>
              <Setting name={t('settings.theme')}>
                <Segments
                  label={t('settings.theme')}
                  choices={[
                    { id: 'system', label: t('settings.theme.system') },
                    { id: 'light', label: t('settings.theme.light') },
                    { id: 'dark', label: t('settings.theme.dark') },
                  ]}
                  value={settings.data.theme}
                  onChange={(theme) => save.mutate({ theme })}
                />
              </Setting>
              <Setting name={t('settings.density')}>
                <Segments
                  label={t('settings.density')}
                  choices={[
                    { id: 'comfortable', label: t('settings.density.comfortable') },
                    { id: 'compact', label: t('settings.density.compact') },
                  ]}
                  value={settings.data.density}
                  onChange={(density) => save.mutate({ density })}
                />
              </Setting>
              <Setting name={t('settings.zone')} note={t('settings.zone.what')}>
                <Select
                  label={t('settings.zone')}
                  labelHidden
                  choices={zones}
                  value={settings.data.timeZone}
                  onChange={(timeZone) => save.mutate({ timeZone })}
                />
              </Setting>
            </>
          )}
        </Part>
        <Part title={t('settings.import')}>
          <ImportFiles />
        </Part>
        {info !== undefined && (
          <Part title={t('settings.backup')}>
            <Backup folder={info.exportFolder} separator={info.platform === 'win32' ? '\\' : '/'} />
          </Part>
        )}
        {info !== undefined && (
          <Part title={t('settings.about')}>
            <Setting name={t('settings.version')}>
              {info.name} {info.version}
            </Setting>
            <Setting name={t('welcome.where')}>
              <code>{info.archiveFolder}</code>
            </Setting>
            <Setting name={t('settings.exports')}>
              <code>{info.exportFolder}</code>
            </Setting>
            <Setting name={t('welcome.secrets')}>
              <span data-words="engine">{info.secretProtection}</span>
            </Setting>
          </Part>
        )}
      </div>
    </main>
  );
}

import { AskedPanel } from '@/features/cameras/components/asked-panel';
import classes from '@/features/cameras/components/cameras.module.css';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';
import { type JsonObject, numberOf, objectsOf, textOf } from '@/lib/json';

const NOTHING = {} as const;

/** The media profiles of a camera. */
export function ProfilesPanel({ camera, className }: { camera: Device; className: string }) {
  const { t } = useI18n();
  return (
    <AskedPanel
      camera={camera}
      command="camera_get_profiles"
      params={NOTHING}
      title={t('camera.profiles')}
      ask={t('camera.readProfiles')}
      className={className}
    >
      {(result) => (
        <table className={classes.table} aria-label={t('camera.profiles')}>
          <thead>
            <tr>
              {(['profile', 'encoding', 'size', 'rate', 'ptz'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`camera.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {objectsOf(result['profiles']).map((profile) => (
              <tr key={textOf(profile['token']) ?? ''}>
                <td>{textOf(profile['name']) ?? textOf(profile['token'])}</td>
                <td>{textOf(profile['encoding']) ?? '–'}</td>
                <td>{sizeOf(profile)}</td>
                <td>{rateOf(profile)}</td>
                <td>{t(profile['ptz'] === true ? 'nvr.yes' : 'nvr.no')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </AskedPanel>
  );
}

function sizeOf(profile: JsonObject): string {
  const [width, height] = [numberOf(profile['width']), numberOf(profile['height'])];
  return width === null || height === null ? '–' : `${width} × ${height}`;
}

function rateOf(profile: JsonObject): string {
  const [frames, bits] = [numberOf(profile['frameRate']), numberOf(profile['bitrateKbit'])];
  const parts = [frames === null ? '' : `${frames} fps`, bits === null ? '' : `${bits} kbit/s`];
  return parts.filter((part) => part !== '').join(', ') || '–';
}

import { Group, Title } from '@mantine/core';
import { Notice } from '@/components/notice';
import classes from '@/features/cameras/components/cameras.module.css';
import { CameraHealth } from '@/features/cameras/components/camera-health';
import { EventsPanel } from '@/features/cameras/components/events-panel';
import { FiguresPanel } from '@/features/cameras/components/figures-panel';
import { HistoryPanel } from '@/features/cameras/components/history-panel';
import { PicturePanel } from '@/features/cameras/components/picture-panel';
import { ProfilesPanel } from '@/features/cameras/components/profiles-panel';
import { ImagingPanel } from '@/features/cameras/imaging/imaging-panel';
import { Presets } from '@/features/cameras/ptz/presets';
import { PtzPad } from '@/features/cameras/ptz/ptz-pad';
import ptz from '@/features/cameras/ptz/ptz.module.css';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = { readonly camera: Device; readonly mayAsk: boolean; readonly panelClass: string };

/** Everything about a camera that is not about every device. */
export function CameraPanels({ camera, mayAsk, panelClass }: Props) {
  const { t } = useI18n();
  return (
    <>
      {!mayAsk && (
        <Notice tone="quiet" icon="question" role="status">
          {t('camera.mayNotAsk')}
        </Notice>
      )}
      <div className={classes.top}>
        <div className={classes.side}>
          <PicturePanel camera={camera} mayAsk={mayAsk} className={panelClass} />
          <FiguresPanel camera={camera} className={panelClass} />
        </div>
        <div className={classes.side}>
          <CameraHealth camera={camera} mayAsk={mayAsk} className={panelClass} />
          {mayAsk && (
            <section className={panelClass} aria-labelledby="move">
              <Group gap="sm" mb="xs">
                <Title order={2} size="h5" id="move">
                  {t('ptz.title')}
                </Title>
              </Group>
              <div className={ptz.two}>
                <PtzPad camera={camera} />
                <Presets camera={camera} />
              </div>
            </section>
          )}
        </div>
      </div>
      <HistoryPanel camera={camera} className={panelClass} />
      {mayAsk && (
        <>
          <ImagingPanel camera={camera} className={panelClass} />
          <ProfilesPanel camera={camera} className={panelClass} />
          <EventsPanel camera={camera} className={panelClass} />
        </>
      )}
    </>
  );
}

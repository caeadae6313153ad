import type { ReactNode } from 'react';
import { Icon, type IconName } from '@/components/icon';
import classes from '@/components/notice.module.css';
import type { Tone } from '@/components/status-looks';

type Props = {
  readonly tone: Tone;
  readonly icon: IconName;
  /** `alert` interrupts a screen reader, `status` waits for a pause. */
  readonly role: 'alert' | 'status';
  readonly id?: string;
  readonly children: ReactNode;
};

/** Something that the user has to know before going on. */
export function Notice({ tone, icon, role, id, children }: Props) {
  return (
    <div id={id} role={role} data-tone={tone} className={classes.notice}>
      <span className={classes.icon}>
        <Icon name={icon} />
      </span>
      <div>{children}</div>
    </div>
  );
}

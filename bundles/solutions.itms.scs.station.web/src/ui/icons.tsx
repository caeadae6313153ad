import type { JSX } from 'preact';
import type { Operation, Status } from '@/lib/types';

type Props = { class?: string };

function Icon({ children, class: name }: Props & { children: JSX.Element | JSX.Element[] }) {
  return (
    <svg class={`icon ${name ?? ''}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** Each status has a shape of its own, so that colour is never needed to tell them apart. */
const STATUS_SHAPES: Record<Status, JSX.Element> = {
  online: <circle cx="12" cy="12" r="7.5" class="stroke" />,
  offline: <path d="M5 5l14 14M19 5L5 19" class="stroke thick" />,
  maintenance: (
    <g>
      <rect x="3" y="3" width="18" height="18" rx="2" class="fill" />
      <path d="M8 8l8 8M16.5 7.5l-3 3M7.5 16.5l3-3" class="hole" />
    </g>
  ),
  fault: (
    <g>
      <path d="M12 1.5L22.5 12 12 22.5 1.5 12z" class="fill" />
      <path d="M12 7v6.2M12 16.2v.6" class="hole thick" />
    </g>
  ),
};

const OPERATION_SHAPES: Record<Operation, JSX.Element> = {
  inservice_entry: <path d="M4 12h13M12 6l6 6-6 6M21 4v16" class="stroke" />,
  inservice_exit: <path d="M20 12H7M12 6l-6 6 6 6M3 4v16" class="stroke" />,
  inservice_bidirect: <path d="M3 12h18M8 7l-5 5 5 5M16 7l5 5-5 5" class="stroke" />,
  out_of_service: (
    <g>
      <circle cx="12" cy="12" r="9" class="stroke" />
      <path d="M7 12h10" class="stroke thick" />
    </g>
  ),
  station_close: (
    <g>
      <rect x="5" y="11" width="14" height="10" rx="1.5" class="fill" />
      <path d="M8 11V7.5a4 4 0 0 1 8 0V11" class="stroke" />
    </g>
  ),
  emergency: (
    <g>
      <circle cx="14.5" cy="4.2" r="2.2" class="fill" />
      <path d="M13.5 8l-4 5 3.5 3-1.5 5M13.5 8l4 3.5 3-.5M13 8l-5 1-2 3.5M9.5 15L7 18.5H3.5" class="stroke" />
    </g>
  ),
};

export const StatusIcon = ({ status, class: name }: Props & { status: Status }) => (
  <Icon class={name ?? ''}>{STATUS_SHAPES[status]}</Icon>
);

export const OperationIcon = ({ operation, class: name }: Props & { operation: Operation | null }) => (
  <Icon class={name ?? ''}>
    {operation ? OPERATION_SHAPES[operation] : <path d="M6 12h2M11 12h2M16 12h2" class="stroke" />}
  </Icon>
);

/** Two open flaps: an aisle that is kept open. */
export const OpenIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3 3v18M21 3v18M3 8l5-3v14l-5-3M21 8l-5-3v14l5-3" class="stroke" />
  </Icon>
);
export const WaitingIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M6 3h12M6 21h12M7.5 3c0 5 9 6 9 9s-9 4-9 9M16.5 3c0 5-9 6-9 9s9 4 9 9" class="stroke" />
  </Icon>
);
export const AlarmIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M12 2.5L22.5 21h-21z" class="fill" />
    <path d="M12 9v6M12 17.6v.5" class="hole thick" />
  </Icon>
);
export const CheckIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M4 12.5l5 5L20 6.5" class="stroke thick" />
  </Icon>
);
export const CloseIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M6 6l12 12M18 6L6 18" class="stroke" />
  </Icon>
);
export const MenuIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M4 6h16M4 12h16M4 18h16" class="stroke" />
  </Icon>
);
export const RestoreIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M5 5v5h5M5.5 10A8 8 0 1 1 4 14" class="stroke" />
  </Icon>
);
export const UnknownIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M8 8.5a4 4 0 1 1 5.5 3.7c-1 .5-1.5 1.2-1.5 2.3M12 18.4v.4" class="stroke thick" />
  </Icon>
);
export const PersonIcon = (props: Props) => (
  <Icon {...props}>
    <g>
      <circle cx="12" cy="7.5" r="4" class="stroke" />
      <path d="M4 21c0-5 3.5-7 8-7s8 2 8 7" class="stroke" />
    </g>
  </Icon>
);

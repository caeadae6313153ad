import { Navigate, Route, Routes } from 'react-router';
import { AuditPage } from '@/app/pages/audit-page';
import { CommandPage } from '@/app/pages/command-page';
import { CommandsPage } from '@/app/pages/commands-page';
import { DevicePage } from '@/app/pages/device-page';
import { DevicesPage } from '@/app/pages/devices-page';
import { FleetCommandPage } from '@/app/pages/fleet-command-page';
import { FleetCommandsPage } from '@/app/pages/fleet-commands-page';
import { GatewaysPage } from '@/app/pages/gateways-page';
import { LoginPage } from '@/app/pages/login-page';
import { NewFleetCommandPage } from '@/app/pages/new-fleet-command-page';
import { NotFoundPage } from '@/app/pages/not-found-page';
import { SiteDevicePage } from '@/app/pages/site-device-page';
import { StoragePage } from '@/app/pages/storage-page';
import { RequireSession } from '@/app/shell/require-session';
import { Shell } from '@/app/shell/shell';

export function AppRoutes() {
  return (
    <Routes>
      <Route path="/login" element={<LoginPage />} />
      <Route element={<RequireSession />}>
        <Route element={<Shell />}>
          <Route index element={<Navigate to="/dashboard/gateways" replace />} />
          <Route path="/dashboard" element={<Navigate to="/dashboard/gateways" replace />} />
          <Route path="/dashboard/gateways" element={<GatewaysPage />} />
          <Route path="/dashboard/gateways/:gatewayId" element={<DevicePage key="gateway" />} />
          <Route path="/dashboard/gateways/:gatewayId/gates/:gateId" element={<DevicePage key="gate" />} />
          <Route path="/dashboard/cameras" element={<DevicesPage key="cameras" kind="CAMERA" />} />
          <Route
            path="/dashboard/cameras/:gatewayId/:deviceId"
            element={<SiteDevicePage key="camera" kind="CAMERA" />}
          />
          <Route path="/dashboard/nvrs" element={<DevicesPage key="nvrs" kind="NVR" />} />
          <Route
            path="/dashboard/nvrs/:gatewayId/:deviceId"
            element={<SiteDevicePage key="nvr" kind="NVR" />}
          />
          <Route path="/dashboard/commands" element={<CommandsPage />} />
          <Route path="/dashboard/commands/:id" element={<CommandPage />} />
          <Route path="/dashboard/approvals" element={<CommandsPage approvals />} />
          <Route path="/dashboard/fleet-commands" element={<FleetCommandsPage />} />
          <Route path="/dashboard/fleet-commands/new" element={<NewFleetCommandPage />} />
          <Route path="/dashboard/fleet-commands/:id" element={<FleetCommandPage />} />
          <Route path="/dashboard/audit" element={<AuditPage />} />
          <Route path="/dashboard/storage" element={<StoragePage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Route>
    </Routes>
  );
}

import { Navigate, Route, Routes } from 'react-router';
import { GatewaysPage } from '@/app/pages/gateways-page';
import { LoginPage } from '@/app/pages/login-page';
import { NotFoundPage } from '@/app/pages/not-found-page';
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
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Route>
    </Routes>
  );
}

import { useSession } from '@/features/auth/api/session';

/** Who is signed in; pages are shown to nobody else. */
export function useViewer() {
  const session = useSession();
  return session.data?.kind === 'user' ? session.data.user : { username: '', role: 'viewer' };
}

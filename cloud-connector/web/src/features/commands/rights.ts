/** Who looks at the page. */
export type Viewer = { readonly username: string; readonly role: string };

const SENDERS: readonly string[] = ['operator', 'approver', 'admin'];
const APPROVERS: readonly string[] = ['approver', 'admin'];

/** What the console offers; the server decides in any case. */
export function maySend(viewer: Viewer): boolean {
  return SENDERS.includes(viewer.role);
}

/** To approve, to stop waiting for a gateway, and to cancel what others asked for. */
export function mayApprove(viewer: Viewer): boolean {
  return APPROVERS.includes(viewer.role);
}

export function mayCancel(viewer: Viewer, command: { readonly requestedBy: string }): boolean {
  return mayApprove(viewer) || (maySend(viewer) && command.requestedBy === viewer.username);
}

/** Who is signed in, as the gateway says: in which capacity, how surely, until when at the latest without use. */
export interface Session {
  readonly id: string;
  readonly kind: 'guardian' | 'staff' | 'tablet';
  readonly level: 'substantial' | 'high' | null;
  readonly expiresAt: string;
  /** Since when nobody has answered: what is shown was kept on the device then. */
  readonly heldAt?: string;
}

export const sessionKey = ['session'];

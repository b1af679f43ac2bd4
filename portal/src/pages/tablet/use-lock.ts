import { useEffect, useState } from 'react';

/** How long before a tablet locks itself it says so. */
export const warnSeconds = 30;
const idleMs = 300_000;
const lookEveryMs = 1_000;

/**
 * How many seconds are left before a tablet locks itself: five minutes after something was changed at it last, as the gateway ends the
 * session then. By this device's own count, as its clock may be wrong.
 */
export function useLock(lastChange: string, lock: () => void): number {
  const [left, setLeft] = useState(idleMs / 1_000);
  useEffect(() => {
    const endsAt = performance.now() + idleMs;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1_000));
      setLeft(seconds);
      if (seconds > 0) return;
      clearInterval(timer);
      lock();
    }, lookEveryMs);
    return () => clearInterval(timer);
  }, [lastChange, lock]);
  return left;
}

export const looks = ['auto', 'light', 'dark'] as const;
export type Look = (typeof looks)[number];

const kept = 'look';

/** How this browser was told to look; else as the device does. */
export const ownLook = (): Look => looks.find((look) => look === localStorage.getItem(kept)) ?? 'auto';

export function applyLook(look: Look = ownLook()): void {
  document.documentElement.dataset['colorScheme'] = look;
}

export function keepLook(look: Look): void {
  localStorage.setItem(kept, look);
  applyLook(look);
}

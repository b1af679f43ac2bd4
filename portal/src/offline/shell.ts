const worker = '/worker.js';

/** A page whose files are gone, as there is a newer portal, is read anew; once, as it would else never end. */
const mendOnce = 'mended';

/** Has the browser keep the portal's own files, when there is nothing else to do. */
export function keepShell(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (sessionStorage.getItem(mendOnce) !== null) return;
    event.preventDefault();
    sessionStorage.setItem(mendOnce, 'yes');
    location.reload();
  });
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  window.addEventListener('load', () => {
    sessionStorage.removeItem(mendOnce);
    const policy = window.trustedTypes?.createPolicy('worker', { createScriptURL: () => worker });
    void navigator.serviceWorker.register((policy?.createScriptURL('') ?? worker) as string).catch(() => {});
  });
}

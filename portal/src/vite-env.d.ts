interface ImportMetaEnv {
  /** What this portal was built from, in short. */
  readonly VITE_VERSION: string;
}

/** Browsers that turn strings into script only where a policy says so. */
interface Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { readonly createScriptURL: (url: string) => string },
    ): { createScriptURL(url: string): unknown };
  };
}

interface ImportMetaEnv {
  /** What this portal was built from, in short. */
  readonly VITE_VERSION: string;
}

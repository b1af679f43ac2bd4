// Whether the part in this container can do its work. Simulators have no port for that and answer on their page.
const { OPS_PORT, PORT } = process.env;
const url = OPS_PORT ? `http://127.0.0.1:${OPS_PORT}/readyz` : `http://127.0.0.1:${PORT}/`;
const answer = await fetch(url, { signal: AbortSignal.timeout(2500) }).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);

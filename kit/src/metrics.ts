import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The process's metrics. Labels are names from the code, never ids or persons (S-07). */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

const registers = [metrics];

/** A figure that is read when somebody asks for it. While it cannot be, which readiness says, the last value stands. */
export function exposeFigure(name: string, help: string, read: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers,
    async collect() {
      const value = await read().catch(() => undefined);
      if (value !== undefined) this.set(value);
    },
  });
}

export const requestDuration = new Histogram({
  name: 'http_server_request_duration_seconds',
  help: 'Time to answer an HTTP request',
  labelNames: ['route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});

export const operationDuration = new Histogram({
  name: 'graphql_operation_duration_seconds',
  help: 'Time to answer a GraphQL operation; names are registered ones, else "other"',
  labelNames: ['operation', 'type', 'outcome'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});

export const outboxLag = new Gauge({
  name: 'outbox_lag_seconds',
  help: 'Age of the oldest event that is committed and not yet published',
  registers,
});

export const accessCopyAge = new Gauge({
  name: 'access_copy_age_seconds',
  help: 'Time since the access copy was last proved to be whole',
  registers,
});

export const consumerEvents = new Counter({
  name: 'consumer_events_total',
  help: 'Events taken from the bus',
  labelNames: ['consumer', 'outcome'],
  registers,
});

export const accessDenied = new Counter({
  name: 'access_denied_total',
  help: 'Requests that a rule refused',
  labelNames: ['rule'],
  registers,
});

export const registerRequestDuration = new Histogram({
  name: 'register_request_duration_seconds',
  help: 'Time for an outside register to answer',
  labelNames: ['register', 'status'],
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  registers,
});

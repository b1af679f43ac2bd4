import 'fastify';

// A route names its endpoint so that faults can be aimed at it. Said here because other packages add to the same
// interface, and then a name that is not declared no longer passes.
declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: string;
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { InteractionResults, Provider } from 'oidc-provider';
import type { Faults } from '../common/faults.ts';
import { errorPage, loginPage } from './pages.ts';
import type { IssuerProfile, Level, LoginPerson } from './profile.ts';
import { weakestOf } from './request-rules.ts';
import { text } from './text.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

export interface LoginForm {
  readonly pid?: string;
  readonly acr?: string;
  readonly action?: string;
}

const shown = 40;
const named = { config: { endpoint: 'login' } };

export const loginFaultKinds = ['aborted-login', 'downgrade-acr', 'swapped-pid'];

/** The page where a person is chosen, and what its form does. */
export function loginRoutes(
  app: FastifyInstance,
  provider: Provider,
  profile: IssuerProfile,
  faults: Faults,
): void {
  app.get<{ Querystring: { q?: string } }>('/interaction/:uid', named, async (request, reply) => {
    const interaction = await current(request, reply);
    if (!interaction) return reply;
    if (faults.strike('aborted-login', 'login')) return abort(interaction, reply);
    return show(reply, interaction, request.query.q ?? '');
  });

  app.post<{ Body: LoginForm | undefined }>('/interaction/:uid/login', named, async (request, reply) => {
    const interaction = await current(request, reply);
    if (!interaction) return reply;
    const form = request.body ?? {};
    if (form.action === 'abort' || faults.strike('aborted-login', 'login')) return abort(interaction, reply);
    const person = swapped(profile.directory.find(String(form.pid ?? '').trim()));
    if (!person) return show(reply.code(422), interaction, '', 'Velg en person fra listen.');
    const offered = levelsFor(interaction);
    const level = form.acr === undefined ? offered[0] : offered.find((one) => one.acr === form.acr);
    if (!level) return show(reply.code(422), interaction, '', 'Tjenesten krever et høyere nivå.');
    return finish(interaction, reply, person, downgraded(level));
  });

  async function current(request: FastifyRequest, reply: FastifyReply): Promise<Interaction | undefined> {
    try {
      return await provider.interactionDetails(request.raw, reply.raw);
    } catch (error) {
      const { error: code = 'session_not_found' } = error as { error?: string };
      await reply
        .code(400)
        .type('text/html')
        .send(errorPage(profile.title, code, 'Innloggingen er utløpt.'));
      return undefined;
    }
  }

  function show(
    reply: FastifyReply,
    interaction: Interaction,
    query: string,
    problem?: string,
  ): FastifyReply {
    const { people, total } = profile.directory.search(query, shown);
    const action = `/interaction/${interaction.uid}/login`;
    const view = { profile, action, query, people, total, levels: levelsFor(interaction) };
    const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    return reply
      .header('content-security-policy', policy)
      .header('cache-control', 'no-store')
      .type('text/html')
      .send(loginPage(problem === undefined ? view : { ...view, problem }));
  }

  function levelsFor(interaction: Interaction): readonly Level[] {
    const wanted = weakestOf(profile, interaction.params['acr_values']);
    const asked = profile.levels.slice(
      Math.max(
        0,
        profile.levels.findIndex((level) => level.acr === wanted),
      ),
    );
    return profile.offersLess ? [...asked, profile.levelBelow] : asked;
  }

  /** The fault that makes a step-up come back as somebody else. */
  function swapped(person: LoginPerson | undefined): LoginPerson | undefined {
    const fault = person && faults.strike('swapped-pid', 'login');
    if (!fault) return person;
    const named = profile.directory.find(text(fault.settings['pid']));
    return named ?? profile.directory.search('', shown).people.find((other) => other.id !== person.id);
  }

  /** The fault that gives less than was asked for: the level that it names, or the next one down. */
  function downgraded(level: Level): Level {
    const fault = faults.strike('downgrade-acr', 'login');
    if (!fault) return level;
    const { acr } = fault.settings;
    if (typeof acr === 'string') return { ...profile.levelBelow, acr };
    return profile.levels[profile.levels.indexOf(level) - 1] ?? profile.levelBelow;
  }

  async function finish(interaction: Interaction, reply: FastifyReply, person: LoginPerson, level: Level) {
    const accountId = profile.subjectOf(person.id);
    if (interaction.session && interaction.session.accountId !== accountId) await forget(interaction);
    const login = { accountId, acr: level.acr, amr: [...level.amr], remember: true };
    return redirect(interaction, reply, { login });
  }

  /** Another person at the same browser gets a session of their own; nothing of the old one is carried over. */
  async function forget(interaction: Interaction): Promise<void> {
    const old = await provider.Session.findByUid(String(interaction.session?.uid));
    await old?.destroy();
    delete interaction.session;
    await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
  }

  function abort(interaction: Interaction, reply: FastifyReply) {
    return redirect(interaction, reply, {
      error: 'access_denied',
      error_description: 'The user aborted the login',
    });
  }

  async function redirect(interaction: Interaction, reply: FastifyReply, result: InteractionResults) {
    interaction.result = result;
    await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
    return reply.redirect(interaction.returnTo, 303);
  }
}

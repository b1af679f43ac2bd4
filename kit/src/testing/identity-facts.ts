import type { DataOf, Envelope, EventContract } from '@ranselpost/schema/events/event';
import { enrolmentsChangedV1 } from '@ranselpost/schema/events/identity/enrolments-changed.v1';
import { featureChangedV1 } from '@ranselpost/schema/events/identity/feature-changed.v1';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { heartbeatSentV1 } from '@ranselpost/schema/events/identity/heartbeat-sent.v1';
import { rolesChangedV1 } from '@ranselpost/schema/events/identity/roles-changed.v1';
import { snapshotCompletedV1 } from '@ranselpost/schema/events/identity/snapshot-completed.v1';
import { snapshotStartedV1 } from '@ranselpost/schema/events/identity/snapshot-started.v1';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import { streams } from '@ranselpost/schema/events/streams';
import { connectBus, ensureStream } from '../bus.ts';
import { newId } from '../ids.ts';
import { createLog } from '../log.ts';
import { fact } from '../outbox.ts';
import { type SnapshotWish, readSnapshotWish, snapshotRequestSubject } from '../snapshot-request.ts';
import { eventually } from './eventually.ts';

type Role = DataOf<typeof rolesChangedV1>['roles'][number];
type MunicipalRole = NonNullable<DataOf<typeof rolesChangedV1>['municipalRoles']>[number]['role'];
type Enrolment = DataOf<typeof enrolmentsChangedV1>['enrolments'][number];
type NamedStaff = NonNullable<DataOf<typeof enrolmentsChangedV1>['namedStaff']>;
type Standing = DataOf<typeof featureChangedV1>['features'][number];
type Unsaid<Whole, Field extends keyof Whole> = Omit<Whole, Field> & Partial<Pick<Whole, Field>>;

interface Guardian {
  readonly personId: string;
  readonly endsOn?: string;
  readonly ground?: 'PARENTAL_RESPONSIBILITY' | 'MANUAL';
}

export interface IdentityFacts {
  /** Tells a fact under the next place in identity's order, checked against its contract; answers the place. */
  tell<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>): Promise<number>;
  /** Tells who has access to a child: these and nobody else. Without more said, without an end and by parental responsibility. */
  guardians(childId: string, people: readonly (string | Guardian)[]): Promise<number>;
  /** Tells where a child is enrolled. Without more said: in no group, long since, without an end; and not protected. */
  enrolments(
    childId: string,
    enrolments: readonly Unsaid<Enrolment, 'enrolmentId' | 'groupIds' | 'from' | 'to'>[],
    namedStaff?: NamedStaff,
  ): Promise<number>;
  /**
   * Tells which roles a member of staff holds. Without more said: for the whole unit, long since, without an end. What they are for
   * the municipality they are long since, too.
   */
  roles(
    personId: string,
    roles: readonly Unsaid<Role, 'roleId' | 'groupId' | 'from' | 'to'>[],
    forTheMunicipality?: readonly MunicipalRole[],
  ): Promise<number>;
  unit(
    unitId: string,
    kind: DataOf<typeof unitChangedV1>['kind'],
    name?: string,
    more?: Pick<DataOf<typeof unitChangedV1>, 'isPrivate'>,
  ): Promise<number>;
  /** Tells how features stand at a unit: these, and all others closed. Without more said: readable, and no day planned. */
  features(unitId: string, features: readonly Unsaid<Standing, 'opensOn' | 'isReadable'>[]): Promise<number>;
  /** Publishes an envelope as it is given, contract or not. */
  publish(envelope: Partial<Envelope> & Pick<Envelope, 'type' | 'subject' | 'data'>): Promise<number>;
  /** Takes the next place in the order without telling anything: a gap. */
  leaveGap(): number;
  /** The last place in the order. */
  position(): number;
  /** The place a fact was last told at, and its revision. */
  revision(subject: string): number;
  /** Sends a heartbeat. Without more said, a true one. */
  heartbeat(said?: {
    readonly position?: number;
    readonly asOf?: Date;
    readonly guardiansUntil?: Date | null;
  }): void;
  /** Sends true heartbeats from now on, until `silence`. */
  beat(everyMs?: number): void;
  silence(): void;
  /** Tells every fact once more, between the marks of a snapshot. */
  snapshot(): Promise<void>;
  /** Tells nothing more of a subject, also not in a snapshot. */
  forget(subject: string): void;
  /** Makes the stream anew after the bus has lost it. What it held is not told again; that takes a snapshot. */
  restore(): Promise<void>;
  /** Settles when somebody asks for a snapshot, with what they want. */
  snapshotRequested(): Promise<SnapshotWish>;
  close(): Promise<void>;
}

const longSince = '2020-01-01';

/** Stands in for identity on a test's bus: real envelopes on its real stream, in an unbroken order, with heartbeats. */
export async function identityFacts(busUrl: string): Promise<IdentityFacts> {
  const bus = await connectBus(busUrl, 'identity', createLog('identity-facts', 'error'));
  const plan = streams.find(({ name }) => name === 'identity')!;
  await ensureStream(await bus.manager(), plan);
  let position = 0;
  let beating: NodeJS.Timeout | undefined;
  const revisions = new Map<string, number>();
  const told = new Map<string, { contract: EventContract; data: unknown }>();

  const publish: IdentityFacts['publish'] = async (given) => {
    position = given.seq ?? position + 1;
    const place = position;
    const envelope: Envelope = {
      ...{ specversion: '1.0', id: newId(), source: 'identity', time: new Date().toISOString() },
      ...{ datacontenttype: 'application/json', seq: place },
      ...given,
    };
    for (;;) {
      try {
        await bus.stream.publish(envelope.type, JSON.stringify(envelope), { msgID: envelope.id });
        return place;
      } catch (error) {
        if (bus.connection.isClosed()) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  const tell: IdentityFacts['tell'] = (contract, data) => {
    const checked = fact(contract, data);
    told.set(`${checked.type} ${checked.subject}`, { contract, data });
    return publish({ type: checked.type, subject: checked.subject, data: checked.data });
  };
  const next = (subject: string): number => {
    revisions.set(subject, (revisions.get(subject) ?? 0) + 1);
    return revisions.get(subject)!;
  };
  const heartbeat: IdentityFacts['heartbeat'] = (said = {}) => {
    const data = {
      ...{ service: 'identity', position, asOf: new Date().toISOString() },
      guardiansUntil: new Date(Date.now() + 86_400_000).toISOString(),
    };
    const envelope: Envelope = {
      ...{
        specversion: '1.0',
        id: newId(),
        type: heartbeatSentV1.type,
        source: 'identity',
        subject: 'identity',
      },
      ...{ time: data.asOf, datacontenttype: 'application/json', seq: position },
      data: heartbeatSentV1.data.parse({
        ...data,
        ...(said.position === undefined ? {} : { position: said.position }),
        ...(said.asOf === undefined ? {} : { asOf: said.asOf.toISOString() }),
        ...(said.guardiansUntil === undefined
          ? {}
          : { guardiansUntil: said.guardiansUntil?.toISOString() ?? null }),
      }),
    };
    bus.connection.publish(heartbeatSentV1.type, JSON.stringify(envelope));
  };
  const silence = () => clearInterval(beating);

  return {
    tell,
    publish,
    heartbeat,
    silence,
    guardians: (childId, people) =>
      tell(guardiansChangedV1, {
        childId,
        revision: next(childId),
        guardians: people.map((person) => ({
          ...{ grantId: newId(), ground: 'PARENTAL_RESPONSIBILITY' as const },
          ...(typeof person === 'string' ? { personId: person, endsOn: null } : person),
        })),
      }),
    enrolments: (childId, enrolments, namedStaff) =>
      tell(enrolmentsChangedV1, {
        ...(namedStaff === undefined ? {} : { namedStaff }),
        childId,
        revision: next(childId),
        enrolments: enrolments.map((given) => ({
          ...{ enrolmentId: newId(), groupIds: [], from: longSince, to: null },
          ...given,
        })),
      }),
    roles: (personId, roles, forTheMunicipality = []) =>
      tell(rolesChangedV1, {
        personId,
        revision: next(personId),
        roles: roles.map((given) => ({
          ...{ roleId: newId(), groupId: null, from: longSince, to: null },
          ...given,
        })),
        municipalRoles: forTheMunicipality.map((role) => ({
          ...{ roleId: newId(), role, from: longSince, to: null },
        })),
      }),
    unit: (unitId, kind, name, more = {}) =>
      tell(unitChangedV1, {
        ...{ unitId, revision: next(unitId), kind, isActive: true },
        ...(name === undefined ? {} : { name }),
        ...more,
      }),
    features: (unitId, list) =>
      tell(featureChangedV1, {
        unitId,
        revision: next(`features of ${unitId}`),
        features: list.map((given) => ({ opensOn: null, isReadable: true, ...given })),
      }),
    leaveGap: () => (position += 1),
    position: () => position,
    revision: (subject) => revisions.get(subject) ?? 0,
    beat: (everyMs = 100) => {
      silence();
      beating = setInterval(heartbeat, everyMs);
      heartbeat();
    },
    snapshot: async () => {
      const snapshotId = newId();
      const started = fact(snapshotStartedV1, { snapshotId });
      await publish(started);
      for (const { contract, data } of [...told.values()]) await publish(fact(contract, data));
      await publish({ ...started, type: snapshotCompletedV1.type });
    },
    forget: (subject) => {
      for (const key of told.keys()) if (key.endsWith(subject)) told.delete(key);
    },
    restore: async () => void (await eventually(async () => ensureStream(await bus.manager(), plan))),
    snapshotRequested: async () => {
      const asked = bus.connection.subscribe(snapshotRequestSubject, { max: 1 });
      for await (const request of asked) return readSnapshotWish(request);
      throw new Error('the bus was closed');
    },
    close: async () => {
      silence();
      await bus.connection.close();
    },
  };
}

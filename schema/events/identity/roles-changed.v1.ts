import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** The kinds of staff. What each may do is for every service's own policy to say. */
export const staffRoles = [
  'LEADER',
  'ADMINISTRATOR',
  'CONTACT_TEACHER',
  'TEACHER',
  'ASSISTANT',
  'AFTER_SCHOOL',
  'KINDERGARTEN',
] as const;

/** What somebody of the staff can be for the whole municipality. */
export const municipalRoleKinds = [
  'CASE_WORKER',
  'PROTECTION_OFFICER',
  'MUNICIPAL_ADMINISTRATOR',
  'PRIVACY_OFFICER',
  'ARCHIVIST',
  'SUPPORT',
] as const;

/** The roles that a member of staff holds at units and for the municipality, whole. Days are half-open: `[from, to)`. */
export const rolesChangedV1 = defineEvent('identity.roles.changed.v1', 'personId', {
  personId: z.uuid(),
  /** Grows with each change of this person's roles; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  roles: z.array(
    z.object({
      roleId: z.uuid(),
      role: z.enum(staffRoles),
      unitId: z.uuid(),
      /** The group the role is limited to; null for the whole unit. */
      groupId: z.uuid().nullable(),
      from: z.iso.date(),
      to: z.iso.date().nullable(),
    }),
  ),
  /** What they are for the whole municipality; absent where that is nothing. None of it is a ground for any child. */
  municipalRoles: z
    .array(
      z.object({
        roleId: z.uuid(),
        role: z.enum(municipalRoleKinds),
        from: z.iso.date(),
        to: z.iso.date().nullable(),
      }),
    )
    .optional(),
});

import { describe, expect, test } from 'vitest';
import { LiveStreams } from './streams.ts';

const moments: (() => void)[] = [];
const streams = new LiveStreams(10, (act) => moments.push(act));
const aMomentPasses = (): void => moments.splice(0).forEach((act) => act());
const opened = (personId: string) => {
  const told: string[] = [];
  const write = (text: string) => told.push(text);
  const leave = streams.add({
    sessionId: personId,
    personId,
    kind: 'staff',
    at: null,
    write,
    end: () => undefined,
  });
  return { told, leave };
};

describe('a hint', () => {
  const ofSchool = { kind: 'board', id: 'school' } as const;
  const text = 'data: {"kind":"board","id":"school"}\n\n';

  test('goes out at once, and the same within a moment once more at its end, however often it comes', () => {
    const { told } = opened('teacher');
    for (let times = 0; times < 400; times += 1) streams.hint('teacher', 'staff', ofSchool);
    streams.hint('teacher', 'staff', { kind: 'board', id: 'other' });
    expect(told).toEqual([text, text.replace('school', 'other')]);
    aMomentPasses();
    expect(told).toEqual([text, text.replace('school', 'other'), text]);
    // The one at the end begins another moment.
    streams.hint('teacher', 'staff', ofSchool);
    expect(told).toHaveLength(3);
    aMomentPasses();
    aMomentPasses();
    expect(told).toHaveLength(4);
    streams.hint('teacher', 'staff', ofSchool);
    expect(told).toHaveLength(5);
  });

  test('holds nothing back from somebody else, and keeps nothing of who has no stream open', () => {
    const [here, there] = [opened('assistant'), opened('leader')];
    streams.hint('assistant', 'staff', ofSchool);
    streams.hint('leader', 'staff', ofSchool);
    expect([here.told, there.told]).toEqual([[text], [text]]);
    here.leave();
    aMomentPasses();
    streams.hint('assistant', 'staff', ofSchool);
    expect(moments).toEqual([]);
  });
});

test('a hint of a board goes to whoever sees it, and at shared tablets to those of its unit alone (T16)', () => {
  const heard: string[] = [];
  const at = (unitId: string | null) =>
    streams.add({
      ...{ sessionId: 's', personId: 'assistant', kind: unitId === null ? 'staff' : 'tablet' },
      at: unitId === null ? null : { tabletId: 't', unitId },
      ...{ write: () => heard.push(unitId ?? 'own'), end: () => undefined },
    });
  const leave = [null, 'school', 'other'].map(at);
  streams.hintBoard('assistant', 'school');
  expect(heard).toEqual(['own', 'school']);
  for (const one of leave) one();
});

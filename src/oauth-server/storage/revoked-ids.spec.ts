import { randomUUID } from 'node:crypto';
import { RevokedIds } from './revoked-ids.js';

describe('The revoked ids in memory', () => {
  it('An id that was added is found, whatever its case, and no other one', () => {
    const ids = new RevokedIds();
    const added = Array.from({ length: 50_000 }, () => randomUUID());
    for (const id of added) ids.add(id, 100, 0);
    expect(added.every((id) => ids.has(id))).toBe(true);
    expect(ids.has(added[0]?.toUpperCase() ?? '')).toBe(true);
    expect(Array.from({ length: 50_000 }, () => randomUUID()).some((id) => ids.has(id))).toBe(false);
    expect(ids.size).toBe(50_000);
  });

  it('Ids that differ in their last or first character alone are told apart', () => {
    const ids = new RevokedIds();
    ids.add('00000000-0000-4000-8000-000000000001', 100, 0);
    expect(ids.has('00000000-0000-4000-8000-000000000001')).toBe(true);
    expect(ids.has('00000000-0000-4000-8000-000000000002')).toBe(false);
    expect(ids.has('10000000-0000-4000-8000-000000000001')).toBe(false);
  });

  it('Ids that would stand in the same slot are all found', () => {
    const ids = new RevokedIds();
    const all = Array.from({ length: 300 }, (_, index) => `00000001-0000-4000-8000-${String(index).padStart(12, '0')}`);
    for (const id of all) ids.add(id, 100, 0);
    expect(all.every((id) => ids.has(id))).toBe(true);
  });

  it('What has expired makes room for what comes, so that memory stays what the living need', () => {
    const ids = new RevokedIds();
    for (let hour = 0; hour < 50; hour += 1)
      for (let count = 0; count < 10_000; count += 1) ids.add(randomUUID(), (hour + 1) * 3600, hour * 3600);
    expect(ids.size).toBeLessThan(60_000);
    expect(ids.byteLength).toBeLessThan(2_000_000);
  });

  it('Room that is made ahead is used, and what is held stays', () => {
    const ids = new RevokedIds();
    const first = randomUUID();
    ids.add(first, 100, 0);
    ids.reserve(100_000, 0);
    const { byteLength } = ids;
    for (let count = 0; count < 99_000; count += 1) ids.add(randomUUID(), 100, 0);
    expect([ids.has(first), ids.size, ids.byteLength]).toEqual([true, 99_001, byteLength]);
  });

  it('The later expiry of an id that is added twice counts', () => {
    const ids = new RevokedIds();
    const id = randomUUID();
    ids.add(id, 1000, 0);
    ids.add(id, 10, 0);
    for (let count = 0; count < 20_000; count += 1) ids.add(randomUUID(), 2000, 500);
    expect(ids.has(id)).toBe(true);
  });

  it('Ids that PostgreSQL packed are read', () => {
    const ids = new RevokedIds();
    const all = [randomUUID(), randomUUID()];
    const expiry = Buffer.from([0, 0, 0, 100]);
    ids.addPacked(Buffer.concat(all.flatMap((id) => [Buffer.from(id.replaceAll('-', ''), 'hex'), expiry])), 0);
    expect(all.map((id) => ids.has(id))).toEqual([true, true]);
  });

  it('A text that is no uuid is never found', () => {
    const ids = new RevokedIds();
    ids.add('not an id', 100, 0);
    expect([ids.has('not an id'), ids.has(''), ids.size]).toEqual([false, false, 0]);
  });
});

import { BoundedWork, TooMuchWorkError } from './bounded-work.js';

/** Work that ends when the test says so. */
function someWork() {
  let end: (value: string) => void = () => {};
  let isBegun = false;
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  const work = () => {
    isBegun = true;
    return ended;
  };
  return { work, end, isBegun: () => isBegun };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('bounded work', () => {
  it('No more is done at once than there are places, and the longest in the queue comes next', async () => {
    const bounded = new BoundedWork(2, 2);
    const works = [someWork(), someWork(), someWork(), someWork()];
    const results = works.map(({ work }) => bounded.run(work));
    await settled();
    expect(works.map(({ isBegun }) => isBegun())).toEqual([true, true, false, false]);
    works[1]?.end('second');
    expect(await results[1]).toBe('second');
    await settled();
    expect(works.map(({ isBegun }) => isBegun())).toEqual([true, true, true, false]);
    for (const { end } of works) end('done');
    await Promise.all(results);
  });

  it('Work that finds the queue full is refused, and a place becomes free by work that fails as well', async () => {
    const bounded = new BoundedWork(1, 1);
    const first = bounded.run(() => settled().then(() => Promise.reject(new Error('it failed'))));
    const second = bounded.run(async () => 'second');
    await expect(bounded.run(async () => 'third')).rejects.toThrow(TooMuchWorkError);
    await expect(first).rejects.toThrow('it failed');
    expect(await second).toBe('second');
    expect(await bounded.run(async () => 'fourth')).toBe('fourth');
  });
});

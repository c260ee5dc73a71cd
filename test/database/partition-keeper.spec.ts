import { duringBackup, keepPartitions, partitionsAt, partitionsOf } from '../support/partitions.js';
import { TestApp } from '../support/test-app.js';

describe('the partitions of an expiring table', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('Partitions are made while a backup reads every table, and dropped when it is over', async () => {
    const before = await partitionsOf(app);
    await duringBackup(app, async () => {
      app.clock.travel({ seconds: 400 * 86_400 });
      await keepPartitions(app);
      const needed = partitionsAt(app, app.clock.now());
      expect(await partitionsOf(app)).toEqual(expect.arrayContaining([...before, ...needed]));
    });
    await keepPartitions(app);
    const left = await partitionsOf(app);
    expect(left).toEqual(expect.arrayContaining(partitionsAt(app, app.clock.now())));
    const gone = partitionsAt(app, new Date());
    expect(left.filter((name) => gone.includes(name))).toEqual([]);
  });
});

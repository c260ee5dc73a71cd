import { customPlansOf } from '../support/prepared-sql.js';

describe('prepared SQL', () => {
  it('A statement is planned once for each connection, on partitioned tables too', async () => {
    expect(await customPlansOf(40)).toEqual([0]);
  });
});

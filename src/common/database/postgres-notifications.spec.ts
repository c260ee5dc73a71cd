import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { DatabaseSchema } from './database-schema.js';
import { PostgresNotifications } from './postgres-notifications.js';

describe('the LISTEN connection to a database that is down', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((socket) => socket.destroy()).listen(0);
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  it('The LISTEN connection to a database that is down is tried again once after each failure, however long it lasts', async () => {
    const { port } = server.address() as AddressInfo;
    const options = { host: '127.0.0.1', port, user: 'nobody', database: 'none' };
    const dataSource = { driver: { master: { options } } } as unknown as DataSource;
    const notifications = new PostgresNotifications(dataSource, new DatabaseSchema());
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      const listening = notifications.listen('channel', { onMessage: () => {}, onGap: () => {} });
      await expect(listening).rejects.toThrow('Connection terminated');
      for (let attempt = 0; attempt < 4; attempt++) {
        await turnsOfTheEventLoop(20);
        expect(jest.getTimerCount()).toBe(1);
        const tried = once(server, 'connection');
        jest.advanceTimersByTime(1000);
        await tried;
      }
    } finally {
      await notifications.onApplicationShutdown();
      jest.useRealTimers();
    }
  });
});

async function turnsOfTheEventLoop(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

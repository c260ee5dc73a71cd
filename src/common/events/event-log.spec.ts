import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ReadableLog } from '../log/readable-log.js';
import { EventLog } from './event-log.js';

describe('The log of events', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    Logger.overrideLogger(['log']);
  });

  const lines = (level: 'log' | 'warn') => jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);

  it('An event is written as one line of JSON at the level log', () => {
    Logger.overrideLogger(['log', 'warn']);
    const log = lines('log');
    new EventLog(new ReadableLog()).handle({ type: 'client.changed', clientId: 'web' });
    expect(log.mock.calls).toEqual([['{"type":"client.changed","clientId":"web"}']]);
  });

  it('A reused refresh token is a warning', () => {
    Logger.overrideLogger(['log', 'warn']);
    const warn = lines('warn');
    new EventLog(new ReadableLog()).handle({
      type: 'refresh_token.reused',
      clientId: 'web',
      subject: 'ada',
      familyId: 'f',
    });
    expect(warn.mock.calls).toEqual([[expect.stringContaining('"refresh_token.reused"')]]);
  });

  it('Nothing is written out for a level that is off', () => {
    Logger.overrideLogger(['warn']);
    const log = lines('log');
    const stringify = jest.spyOn(JSON, 'stringify');
    new EventLog(new ReadableLog()).handle({ type: 'client.changed', clientId: 'web' });
    expect([log.mock.calls, stringify.mock.calls]).toEqual([[], []]);
  });
});

import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { NotificationListener } from '../database/postgres-notifications.js';
import { KeyedMemory } from './keyed-memory.js';
import { Memory } from './memory.js';

/** The announcements of a database, made by hand. */
class Announcements {
  isConnected = true;
  #listener: NotificationListener | undefined;

  async listen(_name: string, listener: NotificationListener): Promise<void> {
    this.#listener = listener;
  }

  announce(payload = ''): void {
    this.#listener?.onMessage(payload);
  }

  interrupt(): void {
    this.isConnected = false;
  }

  /** As the LISTEN connection does when it is back: first the gap is told, then it counts as connected. */
  resume(): void {
    this.#listener?.onGap();
    this.isConnected = true;
  }
}

/** A state that is read when the test lets it. */
class SlowState {
  now = 'first';
  readings = 0;
  #answers: (() => void)[] = [];
  #error: Error | undefined;

  load(): Promise<string> {
    this.readings += 1;
    const [value, error] = [this.now, this.#error];
    return new Promise((resolve, reject) => {
      this.#answers.push(() => (error === undefined ? resolve(value) : reject(error)));
    });
  }

  breaks(error: Error | undefined): void {
    this.#error = error;
  }

  /** Lets the readings under way end, and what follows from that happen. */
  async answer(): Promise<void> {
    await turn();
    for (const answer of this.#answers.splice(0)) answer();
    await turn();
  }
}

/** One turn of the event loop, in which all promises that are settled go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('A memory of a whole state', () => {
  let database: Announcements;
  let state: SlowState;
  let held: string[];
  let memory: Memory<string>;

  beforeEach(async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    database = new Announcements();
    state = new SlowState();
    held = [];
    const keep = (read: string) => void held.push(read);
    memory = new Memory(database, { name: 'things', load: () => state.load(), keep });
    const started = memory.start();
    expect(memory.isStale).toBe(true);
    await state.answer();
    await started;
  });
  afterEach(() => {
    memory.stop();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('A memory of a whole state holds the state from the start and reads it once', () => {
    expect({ held, isStale: memory.isStale, readings: state.readings }).toEqual({
      held: ['first'],
      isStale: false,
      readings: 1,
    });
  });

  it('A memory of a whole state is stale from an announcement until the state is read again', async () => {
    state.now = 'second';
    database.announce();
    expect(memory.isStale).toBe(true);
    await state.answer();
    expect({ held, isStale: memory.isStale }).toEqual({ held: ['first', 'second'], isStale: false });
  });

  it('A memory of a whole state never keeps what was read before an announcement', async () => {
    database.announce();
    await turn();
    state.now = 'second';
    database.announce();
    await state.answer();
    expect({ held, isStale: memory.isStale }).toEqual({ held: ['first'], isStale: true });
    await state.answer();
    expect({ held, isStale: memory.isStale }).toEqual({ held: ['first', 'second'], isStale: false });
  });

  it('A memory of a whole state reads once for all announcements that arrive during one reading', async () => {
    for (let count = 0; count < 5; count++) database.announce();
    await state.answer();
    await state.answer();
    expect(state.readings).toBeLessThanOrEqual(3);
  });

  it('A memory of a whole state reads again for an announcement in the very moment in which a reading ends', async () => {
    const refreshed = memory.refresh().then(() => {
      state.now = 'second';
      return memory.refresh();
    });
    await state.answer();
    await state.answer();
    await refreshed;
    expect(held.at(-1)).toBe('second');
  });

  it('A memory of a whole state is stale while announcements may be missed, and reads again after that', async () => {
    database.interrupt();
    expect(memory.isStale).toBe(true);
    state.now = 'second';
    database.resume();
    expect(memory.isStale).toBe(true);
    await state.answer();
    expect({ held, isStale: memory.isStale }).toEqual({ held: ['first', 'second'], isStale: false });
  });

  it('A memory of a whole state tries a reading that failed again after at most one second, then two, then four and no more', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    state.breaks(new Error('no database'));
    database.announce();
    await state.answer();
    for (const milliseconds of [1000, 2000, 4000, 4000]) {
      const { readings } = state;
      jest.advanceTimersByTime(milliseconds - 1);
      await state.answer();
      expect(state.readings).toBe(readings);
      jest.advanceTimersByTime(1);
      await state.answer();
      expect({ readings: state.readings, isStale: memory.isStale }).toEqual({ readings: readings + 1, isStale: true });
    }
    state.breaks(undefined);
    jest.advanceTimersByTime(4000);
    await state.answer();
    expect(memory.isStale).toBe(false);
  });

  it('A memory of a whole state rejects for whoever asked for a reading that failed', async () => {
    state.breaks(new Error('no database'));
    const refreshed = expect(memory.refresh()).rejects.toThrow('no database');
    await state.answer();
    await refreshed;
  });

  it('A memory of a whole state tries no more when the first reading fails', async () => {
    state.breaks(new Error('no database'));
    const other = new Memory(database, { name: 'things', load: () => state.load(), keep: () => undefined });
    const started = expect(other.start()).rejects.toThrow('no database');
    await state.answer();
    await started;
    expect(jest.getTimerCount()).toBe(0);
  });

  it('A memory of a whole state tries no more once it is stopped', async () => {
    state.breaks(new Error('no database'));
    database.announce();
    await state.answer();
    memory.stop();
    expect(jest.getTimerCount()).toBe(0);
    database.announce();
    await state.answer();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('A memory of a whole state takes in what is new although nothing was announced, and is not stale meanwhile', async () => {
    state.now = 'second';
    const caughtUp = memory.catchUp();
    expect(memory.isStale).toBe(false);
    await state.answer();
    await caughtUp;
    expect({ held, isStale: memory.isStale }).toEqual({ held: ['first', 'second'], isStale: false });
  });

  it('A memory of a whole state drops what it read as new when an announcement came meanwhile', async () => {
    state.now = 'second';
    const caughtUp = memory.catchUp();
    state.now = 'third';
    database.announce();
    await state.answer();
    await caughtUp;
    await state.answer();
    expect(held).toEqual(['first', 'third']);
  });

  it('A memory of a whole state reads nothing again for an announcement that says all there is to know', async () => {
    const heard: string[] = [];
    const hear = (payload: string) => void heard.push(payload);
    const load = () => state.load();
    const other = new Memory(database, { name: 'things', load, keep: () => undefined, hear });
    const started = other.start();
    await state.answer();
    await started;
    database.announce('one');
    expect({ heard, isStale: other.isStale }).toEqual({ heard: ['one'], isStale: false });
  });
});

describe('A memory of values by key', () => {
  let database: Announcements;
  let state: SlowState;
  let memory: KeyedMemory<string>;

  beforeEach(async () => {
    database = new Announcements();
    state = new SlowState();
    const bounds = { maxEntries: 10, maxAgeMilliseconds: 60_000 };
    memory = new KeyedMemory(database, { name: 'things', ...bounds, load: () => state.load() });
    await memory.start();
  });

  const read = async (key: string) => {
    const value = memory.get(key);
    await state.answer();
    return value;
  };

  it('A memory of values by key reads a value once and then gives it at once', async () => {
    await read('a');
    expect({ value: memory.get('a'), readings: state.readings }).toEqual({ value: 'first', readings: 1 });
  });

  it('A memory of values by key reads once for all who ask at once', async () => {
    const values = Promise.all([memory.get('a'), memory.get('a'), memory.get('a')]);
    await state.answer();
    expect({ values: await values, readings: state.readings }).toEqual({
      values: ['first', 'first', 'first'],
      readings: 1,
    });
  });

  it('A memory of values by key forgets a value, and no other, when its change is announced', async () => {
    await read('a');
    await read('b');
    database.announce('a');
    expect(memory.get('b')).toBe('first');
    expect(memory.get('a')).toBeInstanceOf(Promise);
  });

  it('A memory of values by key never keeps what was read before an announcement', async () => {
    const value = memory.get('a');
    await turn();
    database.announce('a');
    await state.answer();
    expect(await value).toBe('first');
    expect(memory.get('a')).toBeInstanceOf(Promise);
  });

  it('A memory of values by key forgets every value after a time in which announcements may have been missed, and keeps none during it', async () => {
    await read('a');
    database.interrupt();
    await read('b');
    expect({ isStale: memory.isStale, ofThatTime: memory.get('b') }).toEqual({
      isStale: true,
      ofThatTime: expect.any(Promise),
    });
    database.resume();
    expect(memory.get('a')).toBeInstanceOf(Promise);
  });
});

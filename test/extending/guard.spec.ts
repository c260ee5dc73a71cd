import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  HttpException,
  type Type,
} from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'express';
import {
  CurrentToken,
  CurrentUser,
  Public,
  RequireScopes,
  RequireSignIn,
  type User,
  type VerifiedAccessToken,
} from 'gatehouse';
import { hostApplication } from '../support/host-application.js';
import { createHostDatabase, type TestDatabase } from '../support/test-database.js';

@Controller('rooms')
class RoomsController {
  @Get()
  list() {
    return ['hall'];
  }

  @Get('mine')
  @RequireSignIn()
  mine(@CurrentUser() user: User) {
    return user.id;
  }

  @Get('api')
  @RequireScopes('rooms')
  call(@CurrentToken() token: VerifiedAccessToken) {
    return token.clientId;
  }

  @Get('greeting')
  @Public()
  greet(@CurrentUser() user: User | undefined) {
    return { hello: user?.email ?? 'visitor' };
  }
}

@Controller('garden')
@RequireSignIn()
class GardenController {
  @Get()
  show() {
    return 'roses';
  }

  @Get('gate')
  @Public()
  gate() {
    return 'open';
  }
}

@Controller('careless')
class CarelessController {
  @Get('user')
  user(@CurrentUser() user: User) {
    return user;
  }

  @Get('token')
  @Public()
  token(@CurrentToken() token: VerifiedAccessToken) {
    return token;
  }
}

/** A filter for everything, as the manual of Nest has one. */
@Catch()
class CatchEverything implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    const message = exception instanceof Error ? exception.message : 'unknown';
    host.switchToHttp().getResponse<Response>().status(status).json({ statusCode: status, message });
  }
}

describe('the guard of an application that imports GatehouseModule', () => {
  let database: TestDatabase;
  const running: NestExpressApplication[] = [];
  beforeAll(async () => {
    database = await createHostDatabase();
  });
  afterAll(async () => {
    for (const app of running) await app.close();
    await database.drop();
  });

  const create = (controllers: Type[], options: object = {}) => hostApplication(database, controllers, options);

  async function listening(app: NestExpressApplication): Promise<string> {
    running.push(app);
    await app.listen(0, '127.0.0.1');
    return (await app.getUrl()).replace('[::1]', 'localhost');
  }

  const ask = async (url: string, accept = 'application/json') => {
    const answer = await fetch(url, { headers: { accept }, redirect: 'manual' });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it('An import closes no handler but those that are marked, and opens a public method of a class that needs a sign-in', async () => {
    const url = await listening(await create([RoomsController, GardenController]));
    const statuses = async (...paths: string[]) =>
      Promise.all(paths.map(async (path) => (await ask(`${url}/${path}`)).status));
    expect(await statuses('rooms', 'rooms/greeting', 'garden/gate')).toEqual([200, 200, 200]);
    expect(await statuses('rooms/mine', 'rooms/api', 'garden')).toEqual([401, 401, 401]);
    expect(await statuses('oauth/authorizations', 'account/logins', '.well-known/openid-configuration')).toEqual([
      401, 401, 200,
    ]);
    const page = await ask(`${url}/oauth/authorizations`, 'text/html');
    expect([page.status, page.headers.get('location')]).toEqual([303, expect.stringContaining('/login?')]);
  });

  it('An import with the option guard set to all closes every handler that is not public', async () => {
    const url = await listening(await create([RoomsController], { guard: 'all' }));
    const [closed, open] = [await ask(`${url}/rooms`), await ask(`${url}/rooms/greeting`)];
    expect([closed.status, JSON.parse(closed.text).error, open.status]).toEqual([401, 'login_required', 200]);
  });

  it('A filter for everything in the application changes no refusal of ours, and hears nothing that is for the log', async () => {
    const app = await create([RoomsController], { guard: 'all' });
    app.useGlobalFilters(new CatchEverything());
    const url = await listening(app);
    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    const refused = await fetch(`${url}/oauth/token`, {
      ...form,
      body: 'grant_type=client_credentials&client_id=nobody',
    });
    expect([refused.status, await refused.json()]).toEqual([
      401,
      { error: 'invalid_client', error_description: expect.any(String) },
    ]);
    const page = await ask(`${url}/rooms/mine`, 'text/html');
    expect([page.status, page.headers.get('location')]).toEqual([303, expect.stringContaining('/login?')]);
    const api = await ask(`${url}/rooms/api`);
    expect([api.status, api.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Bearer')]);
    const unmarked = await ask(`${url}/rooms`);
    expect([unmarked.status, JSON.parse(unmarked.text)]).toEqual([
      401,
      { statusCode: 401, message: 'Nobody is signed in at this browser' },
    ]);
    const sent = await ask(`${url}/rooms`, 'text/html');
    expect([sent.status, sent.headers.get('location')]).toEqual([303, expect.stringContaining('/login?')]);
  });

  it('An import refuses to start where a handler asks who is there and nothing guards it, naming every such handler', async () => {
    const failing = create([CarelessController]).then((app) => app.init());
    await expect(failing).rejects.toThrow(
      /CarelessController\.user asks for @CurrentUser\(\)[^\n]*\n- CarelessController\.token asks for @CurrentToken\(\)/,
    );
  });

  it('An import refuses another word for the option guard', async () => {
    await expect(create([], { guard: 'none' })).rejects.toThrow("guard: must be 'all' or 'marked'");
  });

  it('An application that is closed and created again in one process works as the first did', async () => {
    for (const _ of [1, 2]) {
      const app = await create([RoomsController]);
      await app.listen(0, '127.0.0.1');
      expect((await ask(`${await app.getUrl()}/rooms/mine`)).status).toBe(401);
      await app.close();
    }
  });
});

/** GraphQL, code first: resolvers are guarded by token, and refused in the shape of GraphQL. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { CurrentToken, RequireScopes, RequireSignIn, type VerifiedAccessToken } from 'gatehouse';
import { bearer, importing, listening } from './support.js';

@Resolver()
class NotesResolver {
  @Query(() => String)
  open() {
    return 'open';
  }

  @Query(() => String)
  @RequireScopes('profile')
  guarded(@CurrentToken() token: VerifiedAccessToken) {
    return token.scopes.join(' ');
  }

  @Query(() => String)
  @RequireSignIn()
  mine() {
    return 'mine';
  }
}

@Module({
  imports: [
    ...importing(),
    GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true, csrfPrevention: false }),
  ],
  providers: [NotesResolver],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
const url = await listening(app);
async function query(field: string, headers: Record<string, string> = {}) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  return (await fetch(`${url}/graphql`, { ...init, body: JSON.stringify({ query: `{ ${field} }` }) })).json();
}
assert.deepEqual((await query('open')).data, { open: 'open' });
assert.deepEqual((await query('guarded', await bearer(app, url))).data, { guarded: 'profile' });
assert.match((await query('guarded')).errors[0].message, /Send an access token/);
assert.match((await query('mine')).errors[0].message, /Nobody is signed in/);
await app.close();

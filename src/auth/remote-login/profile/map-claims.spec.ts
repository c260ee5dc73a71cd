import { mapClaims } from './map-claims.js';

describe('A map of claims', () => {
  it.each([
    [{ data: { user: { id: 7 } } }, { sub: 'data.user.id' }, { sub: 7 }],
    [{ 'https://corp.test/id': 'a' }, { sub: 'https://corp.test/id' }, { sub: 'a' }],
    [{ login: 'ada' }, { name: ['name', 'profile.name', 'login'] }, { name: 'ada' }],
    [{ name: null, login: 'ada' }, { name: ['name', 'login'] }, { name: 'ada' }],
    [{}, { email_verified: { constant: true } }, { email_verified: true }],
    [{ data: 'text' }, { sub: 'data.length' }, {}],
    [{ data: { list: [1] } }, { sub: 'data.list.constructor' }, {}],
    [{}, { sub: '__proto__.constructor.name' }, {}],
  ])('A map of claims reads %j by %j', (answer, map, claims) => {
    expect(mapClaims(answer, map)).toEqual(claims);
  });
});

import { checkedClaims } from './given-claims.js';

class TeamClaims {}

describe('claims that a class of the application gives', () => {
  it('Claims without a value are left out, and no list or object is changed', () => {
    const roles = ['staff'];
    expect(checkedClaims(new TeamClaims(), { roles, name: 'Ada', team: undefined, no: null })).toEqual({
      roles,
      name: 'Ada',
      no: null,
    });
  });

  it.each(
    (
      'iss sub aud exp nbf iat jti auth_time acr amr client_id scope cnf act may_act authorization_details active ' +
      'token_type nonce azp at_hash c_hash s_hash sid events gatehouse_family'
    ).split(' '),
  )('The claim %s is refused by the name of the class', (name) => {
    expect(() => checkedClaims(new TeamClaims(), { [name]: 1 })).toThrow(
      `TeamClaims gives the claim "${name}", which the protocol sets. Name it otherwise.`,
    );
    expect(checkedClaims(new TeamClaims(), { [name]: undefined })).toEqual({});
  });
});

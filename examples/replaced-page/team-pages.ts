import type { GatehouseOptions, PageModel } from 'gatehouse';
import { h } from 'preact';

type SignIn = PageModel<'sign-in'>;

/** Pages with a team's own sign-in form, and words of its own above and below every page: `pages: teamPages`. */
export const teamPages: GatehouseOptions['pages'] = {
  head: () => h('meta', { name: 'application-name', content: 'Staff' }),
  header: ({ brand }) => h('p', { class: 'team' }, `${brand.name} for staff`),
  footer: () => h('p', {}, 'Ask the desk on the ground floor'),
  'sign-in': ({ action, client, problems }: SignIn, { csrfToken }) => [
    h('h1', {}, client === undefined ? 'Who are you?' : `Who goes to ${client.name}?`),
    problems.length > 0 && h('p', { role: 'alert' }, 'That was not right'),
    h('form', { method: 'post', action }, [
      h('input', { type: 'hidden', name: 'csrf_token', value: csrfToken }),
      h('label', {}, ['E-mail address ', h('input', { name: 'email', type: 'email', autocomplete: 'username' })]),
      h('label', {}, [
        'Password ',
        h('input', { name: 'password', type: 'password', autocomplete: 'current-password' }),
      ]),
      h('button', { type: 'submit' }, 'Go on'),
    ]),
  ],
};

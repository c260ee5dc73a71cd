import { Injectable } from '@nestjs/common';
import type { Messages } from './messages.js';
import { PageLanguage, type PageTexts } from './page-language.js';

/** The built-in texts; spread them to change a few: `{ ...english, signIn: { ...english.signIn, title: 'Log in' } }`. */
export const english: Messages = {
  shell: {
    documentTitle: (task, brand) => `${task} – ${brand}`,
    invalidTask: (task) => `Error: ${task}`,
    skipToContent: 'Skip to the content',
    problems: 'There is a problem',
    support: 'Help',
    privacy: 'Privacy',
    terms: 'Terms',
  },
  passwordField: {
    show: 'Show',
    showPassword: 'Show password',
    hide: 'Hide',
    hidePassword: 'Hide password',
  },
  signIn: {
    title: 'Sign in',
    confirmTitle: 'Confirm it is you',
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    confirm: 'Confirm',
    useAnotherAccount: 'Use another account',
    or: 'or',
    noWay: 'There is no way to sign in here for what you were about to do.',
    withService: (service) => `Sign in with ${service}`,
    onTheWayTo: (client) => ['to continue to ', client],
    publishedBy: (publisher) => ['by ', publisher],
    problems: {
      emailMissing: 'Enter your e-mail address',
      passwordMissing: 'Enter your password',
      wrong: 'The e-mail address or the password is wrong',
      busy: 'Too many sign in just now. Try again in a moment',
      throttled: (minutes) =>
        `Signing in failed too often. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`,
    },
  },
  chooseAccount: {
    title: 'Choose an account',
    continueAs: (account) => ['Continue as ', account],
  },
  signOut: {
    title: 'Sign out?',
    doneTitle: 'You are signed out',
    nobodySignedIn: 'Nobody is signed in at this browser.',
    signedInAs: (account) => ['You are signed in as ', account, '.'],
    submit: 'Sign out',
  },
  consent: {
    title: (client) => `Allow ${client}?`,
    heading: (client) => ['Allow ', client, '?'],
    forAnotherTitle: 'Nothing was allowed',
    forAnother: 'Somebody else was signed in when this page was shown. Please decide for yourself.',
    notYou: 'Not you?',
    asksTo: 'It asks to',
    newlyAsksTo: 'New: it asks to',
    alreadyAllowed: (client) => ['You have already allowed ', client, ' to'],
    answerGoesTo: 'Answer goes to',
    programOnThisDevice: (host) => ['a program on this device, ', host],
    programThatOpens: (scheme) => ['the program on this device that opens ', scheme, ' links'],
    publisher: 'Publisher',
    homePage: 'Home page',
    privacy: 'Privacy',
    privacyLink: 'How it uses your data',
    terms: 'Terms',
    termsLink: 'Terms of use',
    deny: 'Deny',
    allow: 'Allow',
    takeBackOn: (page) => ['You can take this back at any time on the page ', page, '.'],
  },
  authorizations: {
    title: 'What you allowed',
    none: 'You allow nothing to any application at present.',
    maySince: (date) => ['Since ', date, ' it may'],
    takeBackFrom: (client) => ['Take back from ', client],
  },
  requestExpired: {
    title: 'Please start again',
    explanation: 'This page was open for too long, or its address was changed on the way. Nothing was allowed.',
    goBack: 'Go back to where you came from and sign in from there.',
    goBackTo: (client) => ['Go back to ', client, ' and sign in from there.'],
  },
  formPost: {
    title: 'Going back',
    continueTo: (host = 'the application') => `Continue to ${host}.`,
    submit: 'Continue',
  },
  linkAccount: {
    title: (provider) => `Link your ${provider} account?`,
    whoIsWho: (account, provider, remoteAccount) => [
      'You are signed in here as ',
      account,
      `, and at ${provider} as `,
      remoteAccount,
      '.',
    ],
    warning: (provider) =>
      `Once the two are linked, whoever can sign in to that ${provider} account can sign in to your account here. ` +
      'Link them only if both are yours.',
    submit: 'Link the accounts',
    decline: 'Do not link them',
  },
  linkFirst: {
    title: 'You have an account here already',
    explanation: (email, provider) => [
      'There is an account for ',
      email,
      ` here. Sign in to it the way you did before, and your ${provider} account becomes a further way into it.`,
    ],
    submit: (provider) => `Sign in, then link ${provider}`,
    decline: 'Do not link them',
  },
  logins: {
    title: 'How you sign in',
    none: 'You sign in with no other service so far.',
    linkedSince: (linked, lastUsed) => ['Linked since ', linked, ', last used ', lastUsed],
    needsReauth: (provider) => `${provider} wants you to sign in there once more before it answers for you.`,
    signInAgain: (provider) => `Sign in to ${provider} again`,
    whatItSays: (provider) => `What ${provider} says about you`,
    unlink: (provider) => `Unlink ${provider}`,
    lastWayIn: (provider) =>
      `Your ${provider} account is the only way into your account here, so it stays linked. Link another one first.`,
    another: 'Link another account',
    link: (provider) => `Link ${provider}`,
  },
  remoteProfile: {
    title: (provider) => `What ${provider} says about you`,
    goBack: 'Go back',
  },
  loginFailure: {
    sentences: {
      access_denied: ({ provider }) => `Signing in was declined at ${provider}, so nothing has changed here.`,
      not_proven_again: ({ provider }) =>
        `${provider} did not ask you to sign in again, which is needed here. Use another way.`,
      reauth_required: ({ provider }) => `${provider} wants you to sign in there once more before it answers for you.`,
      link_required: ({ provider }) =>
        `This needs your ${provider} account, or more of it than you have allowed so far.`,
      account_disabled: () => 'This account is disabled; ask the operator of this server.',
      not_admitted: ({ provider }) =>
        `This ${provider} account may not sign in here. Use another one, or ask the operator of this server.`,
      answer_incomplete: ({ provider }) => `${provider} sent you back without an answer.`,
      authorization_refused: ({ provider, providerCode }) =>
        `${provider} could not sign you in and says: ${providerCode}.`,
      flow_expired: ({ provider }) =>
        `Signing in with ${provider} took longer than ten minutes, so it has to start again.`,
      flow_unknown: ({ provider }) =>
        `This answer of ${provider} belongs to no sign-in that is under way in this browser: it was used already, took ` +
        'longer than ten minutes, was started in another browser or under another name of this server, or cookies are blocked.',
      id_token_invalid: ({ provider }) => `What ${provider} says about you could not be verified, so it was not used.`,
      issuer_mismatch: ({ provider }) => `This answer does not come from ${provider}, so it was not used.`,
      linked_elsewhere: ({ provider }) =>
        `This ${provider} account is linked to another account here than the one you are signed in to. To use that ` +
        `one, sign out first and then sign in with ${provider}.`,
      profile_unusable: ({ provider }) => `${provider} did not say who you are in a way that can be used.`,
      provider_answer_too_large: ({ provider }) => `${provider} sent an answer that is too large to be right.`,
      provider_metadata_unusable: ({ provider }) =>
        `${provider} does not describe itself as an OpenID Connect provider must.`,
      provider_too_slow: ({ provider }) => `${provider} takes too long to answer just now.`,
      provider_unreachable: ({ provider }) => `${provider} cannot be reached just now.`,
      token_refused: ({ provider, providerCode }) =>
        `${provider} would not complete the sign-in and says: ${providerCode}.`,
      unknown_provider: () => 'This server does not offer signing in with that provider.',
    },
    headings: {
      failed: (provider) => `Signing in with ${provider} did not work`,
      needed: (provider) => `Sign in with ${provider} first`,
    },
    waysOn: {
      tryAgain: (provider) => `Try again with ${provider}`,
      signInAnotherWay: 'Sign in another way',
      useAnotherAccount: 'Sign in with another account',
      goOnAsYouAre: 'Go on as you are',
    },
  },
  error: {
    headings: {
      notFound: 'Not found',
      notAllowed: 'Not allowed',
      notAPage: 'This address is not a page',
      tooMany: 'Too many attempts',
      requestOfApplication: 'This link is not set up right',
      refused: 'This did not work',
      failed: 'Something went wrong here',
    },
    advice: {
      notFound: 'Check the address for a typing mistake, or start again from the start page.',
      refused:
        'Go back and try again. If an application sent you here, show its developers the lines below: they say what to change.',
      tooMany: 'Wait a little, then try again.',
      failed: 'It is not your fault. Try again in a moment; if it stays, report the reference below.',
    },
    notAPage: 'It is asked by a form or a program, and cannot be opened in a browser.',
    requestOfApplication: 'What led you here asked for something in a way that is not taken.',
    whatYouCanDo: 'What you can do',
    startPage: 'Go to the start page',
    forHelpers: 'For whoever helps you',
    code: 'Error',
    description: 'What to change',
    detail: 'In development',
    reference: 'Reference',
    time: 'Time',
    copy: 'Copy',
    copied: 'Copied',
    nothingHere: 'There is nothing at this address.',
    failedHere: 'Something failed here.',
    foreignForm: 'This form was not opened in this browser or cookies are blocked; go back, reload and send it again.',
    nobodySignedIn: 'Nobody is signed in at this browser.',
  },
};

/** English, which pages speak when no other language fits. */
@Injectable()
@PageLanguage('en')
export class EnglishTexts implements PageTexts {
  readonly direction = 'ltr';
  readonly messages = english;
}

import type { ComponentChildren } from 'preact';

/**
 * Part of a sentence that is marked up, such as a name or a link. A language puts it where its grammar wants it:
 * `(account) => ['You are signed in as ', account, '.']`.
 */
export type Markup = ComponentChildren;

/**
 * Every text that an end user reads on our pages, in one language. What developers read stays English: wire codes,
 * `error_description` and the log. The sentence of a scope comes from the database.
 */
export interface Messages {
  readonly shell: {
    /** The document's title; `task` is what the page is for. */
    documentTitle(task: string, brand: string): string;
    /** The task of a page on which something is to be put right. */
    invalidTask(task: string): string;
    readonly skipToContent: string;
    /** Above the list of what is to be put right. */
    readonly problems: string;
    /** The links at the foot of every page. */
    readonly support: string;
    readonly privacy: string;
    readonly terms: string;
  };

  readonly passwordField: {
    /** The text of the button that shows the typed password, and the text that a screen reader says. */
    readonly show: string;
    readonly showPassword: string;
    readonly hide: string;
    readonly hidePassword: string;
  };

  readonly signIn: {
    readonly title: string;
    /** The end user is signed in and is to prove it again. */
    readonly confirmTitle: string;
    readonly email: string;
    readonly password: string;
    readonly submit: string;
    readonly confirm: string;
    readonly useAnotherAccount: string;
    /** Stands between the form and the buttons of providers. */
    readonly or: string;
    readonly noWay: string;
    /** A button; `service` is the name of a provider, such as GitHub. */
    withService(service: string): string;
    /** Which client the end user is on the way to. */
    onTheWayTo(client: Markup): Markup;
    /** Who publishes that client. */
    publishedBy(publisher: Markup): Markup;
    readonly problems: {
      readonly emailMissing: string;
      readonly passwordMissing: string;
      readonly wrong: string;
      throttled(minutes: number): string;
      readonly busy: string;
    };
  };

  readonly chooseAccount: {
    readonly title: string;
    continueAs(account: Markup): Markup;
  };

  readonly signOut: {
    readonly title: string;
    readonly doneTitle: string;
    readonly nobodySignedIn: string;
    signedInAs(account: Markup): Markup;
    readonly submit: string;
  };

  readonly consent: {
    title(client: string): string;
    heading(client: Markup): Markup;
    /** The form was shown to another end user than the one who sent it. */
    readonly forAnotherTitle: string;
    readonly forAnother: string;
    readonly notYou: string;
    /** Above the sentences of the scopes, which go on from it. */
    readonly asksTo: string;
    /** The same heading where other scopes were allowed before. */
    readonly newlyAsksTo: string;
    alreadyAllowed(client: Markup): Markup;
    readonly answerGoesTo: string;
    /** The destination of the answer where that is no web site but a program on this device. */
    programOnThisDevice(host: Markup): Markup;
    programThatOpens(scheme: Markup): Markup;
    readonly publisher: string;
    readonly homePage: string;
    readonly privacy: string;
    readonly privacyLink: string;
    readonly terms: string;
    readonly termsLink: string;
    readonly deny: string;
    readonly allow: string;
    /** `page` is a link that reads as the title of `authorizations`. */
    takeBackOn(page: Markup): Markup;
  };

  readonly authorizations: {
    readonly title: string;
    readonly none: string;
    /** Above the sentences of the scopes; `date` as year, month and day. */
    maySince(date: Markup): Markup;
    takeBackFrom(client: Markup): Markup;
  };

  readonly requestExpired: {
    readonly title: string;
    readonly explanation: string;
    readonly goBack: string;
    goBackTo(client: Markup): Markup;
  };

  readonly formPost: {
    readonly title: string;
    /** `host` is undefined for an application without one. */
    continueTo(host: string | undefined): string;
    readonly submit: string;
  };

  readonly linkAccount: {
    title(provider: string): string;
    whoIsWho(account: Markup, provider: string, remoteAccount: Markup): Markup;
    warning(provider: string): string;
    readonly submit: string;
    readonly decline: string;
  };

  /** The identity at a provider is new here, and its e-mail address has an account. */
  readonly linkFirst: {
    readonly title: string;
    explanation(email: Markup, provider: string): Markup;
    submit(provider: string): string;
    readonly decline: string;
  };

  /** The accounts at providers by which an end user signs in. */
  readonly logins: {
    readonly title: string;
    readonly none: string;
    /** Dates as year, month and day. */
    linkedSince(linked: Markup, lastUsed: Markup): Markup;
    /** The provider takes the tokens no more. */
    needsReauth(provider: string): string;
    signInAgain(provider: string): string;
    whatItSays(provider: string): string;
    unlink(provider: string): string;
    lastWayIn(provider: string): string;
    readonly another: string;
    link(provider: string): string;
  };

  readonly remoteProfile: {
    title(provider: string): string;
    readonly goBack: string;
  };

  /** Signing in at a provider, such as GitHub, failed. */
  readonly loginFailure: LoginFailureMessages;

  readonly error: {
    readonly headings: {
      readonly notFound: string;
      readonly notAllowed: string;
      /** An address that a form or a program asks was opened as a page. */
      readonly notAPage: string;
      readonly tooMany: string;
      /** What an application asked for, not the end user, was wrong. */
      readonly requestOfApplication: string;
      readonly refused: string;
      readonly failed: string;
    };
    readonly advice: {
      readonly notFound: string;
      readonly tooMany: string;
      readonly refused: string;
      readonly failed: string;
    };
    /** What happened, where the description is for a developer and is shown further below. */
    readonly notAPage: string;
    readonly requestOfApplication: string;
    readonly whatYouCanDo: string;
    readonly startPage: string;
    readonly forHelpers: string;
    readonly code: string;
    readonly description: string;
    readonly detail: string;
    readonly reference: string;
    readonly time: string;
    readonly copy: string;
    readonly copied: string;
    /** What happened, where that is for the end user to know and not for a developer. */
    readonly nothingHere: string;
    readonly failedHere: string;
    readonly foreignForm: string;
    readonly nobodySignedIn: string;
  };
}

/** The values that a sentence about a failed sign-in at a provider quotes. */
export interface LoginFailureQuotes {
  /** The provider's name, such as GitHub. */
  readonly provider: string;
  /** The provider's own error code. */
  readonly providerCode: string;
}

/**
 * The sentences for a failed sign-in at a provider, by the code of the failure, and the texts of the links that lead
 * on.
 */
export interface LoginFailureMessages {
  readonly sentences: Readonly<
    Record<
      | 'access_denied'
      | 'account_disabled'
      | 'reauth_required'
      | 'link_required'
      | 'not_proven_again'
      | 'not_admitted'
      | 'answer_incomplete'
      | 'authorization_refused'
      | 'flow_expired'
      | 'flow_unknown'
      | 'id_token_invalid'
      | 'issuer_mismatch'
      | 'linked_elsewhere'
      | 'profile_unusable'
      | 'provider_answer_too_large'
      | 'provider_metadata_unusable'
      | 'provider_too_slow'
      | 'provider_unreachable'
      | 'token_refused'
      | 'unknown_provider',
      (quotes: LoginFailureQuotes) => string
    >
  >;
  readonly headings: {
    failed(provider: string): string;
    /** Signing in was not tried, and is needed. */
    needed(provider: string): string;
  };
  readonly waysOn: {
    tryAgain(provider: string): string;
    readonly signInAnotherWay: string;
    readonly useAnotherAccount: string;
    readonly goOnAsYouAre: string;
  };
}

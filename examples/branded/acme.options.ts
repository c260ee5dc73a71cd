import type { GatehouseOptions } from 'gatehouse';

/** The look of Acme, and where its developers read about errors: `GatehouseModule.forRoot({ …, ...acme })`. */
export const acme: Pick<GatehouseOptions, 'brand' | 'errors' | 'tokens'> = {
  brand: {
    name: 'Acme Bank',
    logo: 'https://acme.example/logo.svg',
    logoDark: '/logo-dark.svg',
    color: '#7a1fa2',
    supportUrl: 'mailto:help@acme.example',
    privacyUrl: 'https://acme.example/privacy',
    termsUrl: '/terms',
  },
  errors: {
    uri: 'https://docs.acme.example/errors/{code}',
    uris: { invalid_grant: 'https://docs.acme.example/signing-in' },
  },
  tokens: { refreshTokenRandomBytes: 64 },
};

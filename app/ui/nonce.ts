import { createContext, useContext } from 'react';

/** The request's nonce while the page is rendered on the server. The browser hides it from scripts, so there it is empty. */
const NonceContext = createContext('');

export const NonceProvider = NonceContext.Provider;

export const useNonce = (): string => useContext(NonceContext);

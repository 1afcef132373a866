// The admin token between two pages of one tab: in its session storage, which is gone when the tab is.

import type { TokenStore } from './operator.svelte.ts';

const KEY = 'admin-token';

export const sessionToken: TokenStore = {
  read() {
    try {
      return sessionStorage.getItem(KEY) ?? '';
    } catch {
      // A browser that keeps nothing asks again.
      return '';
    }
  },
  keep(token) {
    try {
      if (token === '') sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, token);
    } catch {
      // The token lasts as long as the page.
    }
  },
};

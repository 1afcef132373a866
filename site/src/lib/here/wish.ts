// Whether this visitor wants answers in this browser: kept on this device, so that it is still so without a network.

const KEY = 'here';

export function isHereWanted(): boolean {
  try {
    return localStorage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}

export function rememberHere(isWanted: boolean): void {
  try {
    if (isWanted) localStorage.setItem(KEY, 'yes');
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing: the wish lasts as long as the page.
  }
}

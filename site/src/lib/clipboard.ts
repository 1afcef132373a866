// Copying for a person: to the clipboard where there is one, else marked to be copied by hand.

/** What to say afterwards. Without https or localhost a browser has no clipboard to write to. */
export async function copyText(text: string, shown: HTMLElement | null): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    if (shown !== null) getSelection()?.selectAllChildren(shown);
    return 'Marked: copy it with the keyboard';
  }
}

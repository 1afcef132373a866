// Copying for a person: to the clipboard where there is one, else marked to be copied by hand.

/** Whether it was copied. Without https or localhost a browser has no clipboard to write to: then `shown` is marked. */
export async function copyText(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown !== null) getSelection()?.selectAllChildren(shown);
    return false;
  }
}

// Every page is a file before the first visitor comes: HTML never wakes the Worker.

export const prerender = true;

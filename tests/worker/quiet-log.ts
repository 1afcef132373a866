import { afterEach, beforeEach, expect, vi, type MockInstance } from 'vitest';

// What the Worker logs is kept out of the report; an error on the console fails the test that caused it.
let errors: MockInstance;

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  errors = vi.spyOn(console, 'error');
});

afterEach(() => {
  expect(errors).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

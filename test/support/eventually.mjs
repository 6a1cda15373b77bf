/** Waits until a check stops throwing, and gives what it returns; throws its last error after `ms` milliseconds. */
export async function eventually(check, ms = 20_000) {
  const end = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 150));
    }
  }
}

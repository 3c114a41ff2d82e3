// Waiting for conditions. No test of an editor measures time: the limit only ends a run that hangs.

const LIMIT = Number(process.env.RUBRICC_WAIT_MS ?? 180_000);

/** Asks again and again until the answer is true (or truthy), and gives it. What was seen last is told on failure. */
export async function until(what, ask, seen = () => undefined) {
  const start = Date.now();
  let problem;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    if (Date.now() - start > LIMIT) {
      const last = await Promise.resolve(seen()).catch(String);
      throw new Error(`waited in vain until ${what}\n${problem ?? ""}\nseen: ${last}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

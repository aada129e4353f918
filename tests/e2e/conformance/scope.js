import { Recorder } from "./recorder.js";
import { SUBJECTS } from "./subjects.js";

const SIDE_BY_SIDE = 4;
const PATIENCE_MS = 30_000;

/**
 * Runs a case file in this scope with each subject. Resolves to `{ case, subject, lines }` for each, or with `error` instead of
 * the lines. `wanted` is what it is told: the file's name, the browser's, the scope's, the server's ports; `only` limits the cases to one, and
 * `subjects` those.
 */
export async function runFile(wanted) {
  const { file, browser, scope, ports, only, subjects = Object.keys(SUBJECTS), token } = wanted;
  const { default: suite } = await import(`./cases/${file}.js`);
  const jobs = Object.entries(suite.cases)
    .map(([name, given]) => ({ name, ...(typeof given === "function" ? { run: given } : given) }))
    .filter(
      ({ scopes, browsers }) =>
        (scopes ?? [scope]).includes(scope) && (browsers ?? [browser]).includes(browser),
    )
    .filter(({ name }) => !only || only === name)
    .flatMap((job) =>
      subjects
        .filter((subject) => subject in SUBJECTS && (!job.subjects || job.subjects.includes(subject)))
        .map((subject) => ({ ...job, subject })),
    );
  const runs = [];
  let count = 0;
  const run = async (job) => {
    const number = count++;
    const id = `run-${token}x${scope}x${number}x`;
    const place = number % ports.length;
    runs.push(await runOne(job, { scope, id, port: ports[place], address: `127.0.0.${place + 2}` }));
  };
  // Those that do no more than wait take nobody's place.
  const patient = jobs.filter(({ patient }) => patient).map(run);
  await inParallel(
    jobs.filter(({ alone, patient }) => !alone && !patient),
    run,
  );
  await Promise.all(patient);
  for (const job of jobs.filter(({ alone }) => alone)) await run(job);
  return runs;
}

async function runOne({ name, subject, run, patience }, settings) {
  const t = new Recorder(SUBJECTS[subject], settings);
  try {
    await inTime(run(t), patience);
    const lines = t.lines();
    await t.end();
    return { case: name, subject, lines: await lines };
  } catch (error) {
    await t.end().catch(() => {});
    const lines = await t.lines().catch(() => []);
    return { case: name, subject, error: `${error}\n${error?.stack}\nnoted: ${lines.join("\n  ")}` };
  }
}

function inTime(run, patience = PATIENCE_MS) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${patience} ms`)), patience);
  });
  return Promise.race([run, late]).finally(() => clearTimeout(timer));
}

async function inParallel(jobs, run) {
  const waiting = [...jobs];
  const lane = async () => {
    while (waiting.length > 0) await run(waiting.shift());
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
}

const { PUSH_URL = "", LABELS = "{}" } = process.env;
const stream = JSON.parse(LABELS);
let fallen = 0;

async function push() {
  fallen += 1;
  const line = `tree ${fallen} has fallen`;
  const values = [[`${Date.now()}000000`, line]];
  // What is printed claims to be somebody else's.
  process.stdout.write(`${line} {"juju_application":"storefront"}\n`);
  try {
    const answer = await fetch(PUSH_URL, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ streams: [{ stream, values }] }),
    });
    if (!answer.ok) process.stderr.write(`${answer.status} ${await answer.text()}\n`);
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
  }
}

setInterval(() => void push(), 500);

#!/usr/bin/env node
// Plain JavaScript without imports at the top: it must be able to say its sentence under any Node.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  process.stderr.write(
    `error internal: Transcript Archive needs Node 24.12 or newer and was started by ${process.versions.node}. ` +
      'Start it with "npx transcript-archive" inside its folder, which finds the right one.\n',
  );
  process.exitCode = 1;
} else {
  const { existsSync } = await import('node:fs');
  const program = new URL('../out/main/cli.js', import.meta.url);
  if (existsSync(program)) {
    await import(program.href);
  } else {
    process.stderr.write('error internal: the program is not built yet. Run "npm run build" in its folder first.\n');
    process.exitCode = 1;
  }
}

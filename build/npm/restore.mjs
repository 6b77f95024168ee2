// Restores the browser packages once and copies the named files into a theme: node restore.mjs TARGET_FOLDER SOURCE=TARGET...
// Several builds may run this at the same moment, so the restore is under a lock and every file appears whole.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const lockFolder = join(here, '.npm-lock');
const stamp = join(modules, '.npm-stamp');
const wanted = createHash('sha256').update(readFileSync(join(here, 'package-lock.json'))).digest('hex');
const isRestored = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

function ownerIsAlive() {
  try {
    process.kill(Number(readFileSync(join(lockFolder, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    // no pid yet: its owner is between making the folder and writing the file
    return error.code === 'ENOENT' && existsSync(lockFolder) && !ownerIsAlive.askedBefore && (ownerIsAlive.askedBefore = true);
  }
}

function lock() {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      mkdirSync(lockFolder);
      writeFileSync(join(lockFolder, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!ownerIsAlive()) rmSync(lockFolder, { recursive: true, force: true });
      else Atomics.wait(pause, 0, 0, 100);
    }
  }
}

function restore() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = spawnSync(npm, ['ci', '--no-progress', '--ignore-scripts', '--loglevel=error'], { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.error) throw new Error(`npm could not be started (${run.error.message}); install Node.js 20 or later`);
  if (run.status !== 0) throw new Error(`npm ci ended with exit code ${run.status}`);
  writeFileSync(stamp, wanted);
}

const [target, ...files] = process.argv.slice(2);
if (!isRestored()) {
  lock();
  try {
    if (!isRestored()) restore();
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}
for (const file of files) {
  const [source, name] = file.split('=');
  const path = join(target, name);
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  copyFileSync(join(modules, source), part);
  renameSync(part, path);
}

import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Files below some folders of a project.
 * @param {string} root project folder
 * @param {readonly string[]} folders relative to root; one that does not exist has no files
 * @param {RegExp} pattern matched against the path relative to root, with forward slashes
 * @returns {string[]} sorted paths relative to root, with forward slashes; never inside node_modules
 */
export function listSourceFiles(root, folders, pattern) {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').includes('node_modules') && pattern.test(path))
    .sort();
}

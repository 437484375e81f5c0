import { PROJECT_ROOT } from '../places.mjs';
import { checkDependencies, dependencyProblems } from './dependency-rules.mjs';

const result = await checkDependencies(PROJECT_ROOT);
const problems = dependencyProblems(result);
console.log([`${result.read} modules read`, ...problems].join('\n'));
process.exitCode = problems.length === 0 ? 0 : 1;

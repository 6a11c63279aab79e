// The tests import the sources, as a program imports the package: Arrow values come from the copy that `import` gives.
import { door } from '../../lib/door.js';

door.imported = true;

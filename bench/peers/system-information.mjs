// What an npm library gathers in one call.
import { getAllData } from 'systeminformation';

process.stdout.write(JSON.stringify(await getAllData()));

import { readFileSync } from 'node:fs';

const { clients, users } = JSON.parse(readFileSync(process.env.BOOTSTRAP_FILE, 'utf8'));

/** The clients of the benchmark, as the bootstrap file of Gatehouse lists them. */
export const CLIENTS = clients;

/** The ids of the end users: one for each connection. */
export const END_USERS = users.map((_, index) => `end-user-${index}`);
